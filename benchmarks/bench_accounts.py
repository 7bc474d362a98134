"""Time and memory of the table of accounts: warm engines, pages, facets, exports.

    python benchmarks/bench_accounts.py [N_ACCOUNTS ...]
    python benchmarks/bench_accounts.py --untold [N_ACCOUNTS ...]

Accounts, people, deals and touches are generated (every person carries origin = generated) and
published as two imports, so that current rows have to be told from superseded ones. Each size
runs in a process of its own; times are by the clock, medians and the 95th of a hundred.
With --untold, the part of making the table that is worked out for organisations whose sources
give neither kind nor place: all of them have an industry, a third of them a parent.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from signoff.audience import count_accounts, list_accounts
from signoff.audience.organisations.family import list_families
from signoff.audience.organisations.guesses import put_kinds, put_organisations
from signoff.store.browse import Filter, Sort, TableRequest
from signoff.store.engines import duckdb_engine_on
from signoff.store.lake import LakePool, data_path, open_lake, publish, write_parquet
from signoff.store.settings import Settings
from signoff.store.workspace import Workspace, create_workspace

AT = datetime(2026, 11, 26, 9, tzinfo=UTC)
COLUMNS = (
    "account_id",
    "name",
    "kind",
    "industry_code",
    "country",
    "city",
    "employees",
    "revenue",
    "relationship",
    "n_people",
    "roles_missing",
    "n_open_deals",
    "last_touch_at",
)
REQUESTS = {
    "first page": TableRequest(columns=COLUMNS),
    "by name": TableRequest(columns=COLUMNS, sort=(Sort("name"),)),
    "by revenue, largest first": TableRequest(columns=COLUMNS, sort=(Sort("revenue", "desc"),)),
    "by last touch": TableRequest(columns=COLUMNS, sort=(Sort("last_touch_at", "desc"),)),
    "by country and employees": TableRequest(
        columns=COLUMNS, sort=(Sort("country"), Sort("employees", "desc"))
    ),
    "French schools by name": TableRequest(
        columns=COLUMNS,
        filters=(Filter("country", "is", "FR"), Filter("kind", "is", "school")),
        sort=(Sort("name"),),
    ),
    "search: energie": TableRequest(columns=COLUMNS, search="energie", sort=(Sort("name"),)),
    "search: two words": TableRequest(columns=COLUMNS, search="étienne 77", sort=(Sort("city"),)),
    "approver missing, open deals": TableRequest(
        columns=COLUMNS,
        filters=(
            Filter("roles_missing", "has", "approver"),
            Filter("n_open_deals", "at_least", 1),
        ),
        sort=(Sort("employees", "desc"),),
    ),
    "far page by name": TableRequest(columns=COLUMNS, sort=(Sort("name"),), offset=60_000),
}
TITLES = ["CFO", "Buyer", "Operations Manager", "IT Director", "Engineer", "Assistant", "CEO"]


def main(sizes: list[int]) -> None:
    """Print one line of JSON for each number of accounts."""
    for n_accounts in sizes:
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, __file__, "--one", str(n_accounts), folder]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                sys.exit(done.stderr)
            print(done.stdout, end="")


def measure(n_accounts: int, folder: Path) -> None:
    """Measure one size, in this process."""
    workspace = create_workspace(folder / "w", settings=Settings(name="Bench"), at=AT)
    fill(workspace, n_accounts)
    before = resident_mb()
    with LakePool(workspace) as pool:
        cold = timed(lambda: leave(pool))
        warm = sorted(timed(lambda: leave(pool)) for _ in range(100))
        prepared = timed(lambda: page(pool, REQUESTS["first page"]))
        lists = {name: spread(lambda r=asked: page(pool, r)) for name, asked in REQUESTS.items()}
        facets = spread(lambda: facet(pool, REQUESTS["French schools by name"]))
        all_facets = spread(lambda: facet(pool, TableRequest()))
        crowd = together(pool)
        found = {
            "n_accounts": n_accounts,
            "open_seconds": round(cold, 2),
            "warm_engine_ms": [ms(statistics.median(warm)), ms(warm[95])],
            "prepare_seconds": round(prepared, 2),
            "pages_ms_median_p95": lists,
            "facets_ms_median_p95": {"filtered": facets, "all": all_facets},
            "eight_threads_page_and_facets_ms_median_p95": crowd,
            "memory_mb": {"before": before, "after": resident_mb(), "peak": peak_mb()},
        }
    print(json.dumps(found))


def measure_untold(n_accounts: int) -> None:
    """Print how long kinds, families and all of it take, by the processor and by the clock."""
    accounts = [
        {
            "account_id": f"{n:08d}",
            "name": untold_name(n),
            "domain": f"firm{n}.example",
            "industry_scheme": "naf",
            "industry_code": f"{1000 + n % 700}Z",
            "parent_name": untold_name(n // 10) if n % 3 == 0 else None,
        }
        for n in range(n_accounts)
    ]
    parts = {"kinds": put_kinds, "families": list_families, "all": put_organisations}
    with duckdb_engine_on({"account": accounts}) as engine:
        found: dict[str, object] = {"n_accounts": n_accounts}
        for name, act in parts.items():
            began, used = time.perf_counter(), time.process_time()
            act(engine)
            used = time.process_time() - used
            found[f"{name}_cpu_clock_s"] = [round(used, 2), round(time.perf_counter() - began, 2)]
    print(json.dumps(found))


def untold_name(n: int) -> str:
    first = ["Acme", "Boréal", "Nova", "Delta", "Lycée", "Zeta", "Groupe"][n % 7]
    second = ["Industrie", "Conseil", "Hospital", "Dupont", "Énergie"][n // 7 % 5]
    return f"{first} {second} {n} {['SAS', 'GmbH', 'et fils'][n % 3]}"


def fill(workspace: Workspace, n_accounts: int) -> None:
    """Publish generated facts: two imports of accounts, people, deals and touches."""
    with open_lake(workspace) as lake:
        lake.rows("CREATE MACRO pick(words, n) AS words[1 + n % len(words)]")
        for number, (low, high) in enumerate([(0, n_accounts), (0, n_accounts // 50)], start=1):
            files = {}
            for table, query in queries(low, high).items():
                path = data_path(workspace, table, f"bench{number}", 0)
                marked = f"SELECT *, 'bench{number}' AS import_id, {number}::BIGINT AS import_seq"
                write_parquet(lake, f"{marked} FROM ({query})", path)
                files[table] = [path]
            publish(workspace, files, import_id=f"bench{number}")


def queries(low: int, high: int) -> dict[str, str]:
    """Give, by table, the query that draws the facts of accounts low to high."""
    drawn = (
        "SELECT range AS i, (hash(range) >> 2)::BIGINT AS h, (hash(range + 7) >> 2)::BIGINT AS g "
        f"FROM range({low}, {{}})"
    )
    first = [
        "Société",
        "Établissements",
        "Groupe",
        "Acme",
        "Müller",
        "Boréal",
        "Nova",
        "Delta",
        "Fabrique",
        "Zeta",
    ]
    second = [
        "Industrie",
        "Conseil",
        "Logistik",
        "Schmidt",
        "Dupont",
        "Énergie",
        "Bureau",
        "Santé",
        "École",
        "Métal",
    ]
    kinds = [
        "company",
        "manufacturer",
        "school",
        "hospital",
        "public_body",
        "association",
        "other",
    ]
    places = ["materials", "components", "final_goods", "distribution", "services"]
    cities = ["Île", "Saint-Étienne", "Paris", "Lyon", "Köln"]
    countries = ["FR", "DE", "BE", "ES", "IT", "CH", "NL", "LU", "AT", "GB"]
    account = f"""
        SELECT substr(md5(i::VARCHAR), 1, 20) AS account_id, 'X' || i AS external_id,
            pick({first}, h) || ' ' || pick({second}, h // 10) || ' ' || i AS name,
            'firm' || i || '.example' AS domain, pick({kinds}, h) AS kind,
            'naf' AS industry_scheme, (1000 + (h // 100) % 700)::VARCHAR || 'Z' AS industry_code,
            h % 5000 AS employees, (g % 1000000000 / 100)::DECIMAL(18, 2) AS revenue,
            'EUR' AS currency, pick({countries}, g) AS country, 'Region ' || g % 100 AS region,
            pick({cities}, g) || ' ' || g % 3000 AS city, 1900 + h % 120 AS founded_year,
            pick({places}, h) AS supply_chain_place,
            pick(['prospect', 'client', 'lost'], g // 10) AS relationship,
            NULL::VARCHAR AS parent_name
        FROM ({drawn.format(high)})"""
    person = f"""
        SELECT 'p' || i AS person_id, substr(md5((i // 2)::VARCHAR), 1, 20) AS account_id,
            pick({TITLES}, h) || ' ' || h % 3000 AS title, NULL::VARCHAR AS function,
            NULL::VARCHAR AS level, 'generated' AS origin
        FROM ({drawn.format(2 * high)})"""
    deal = f"""
        SELECT 'o' || i AS opportunity_id, NULL::VARCHAR AS external_id,
            substr(md5((h % {high})::VARCHAR), 1, 20) AS account_id, 'A' AS product,
            pick(['open', 'won', 'lost'], g) AS stage, 'stage' AS source_stage,
            DATE '2025-01-01' + (g % 500)::INTEGER AS began_on, NULL::DATE AS closed_on,
            (h % 10000000 / 100)::DECIMAL(18, 2) AS value, 'EUR' AS currency,
            NULL::VARCHAR AS lead_source
        FROM ({drawn.format(high // 2)})"""
    event = f"""
        SELECT 'e' || i AS event_id,
            TIMESTAMP '2026-01-01' + to_seconds(g % 20000000) AS occurred_at,
            pick(['click', 'visit', 'form', 'mail'], g) AS kind,
            substr(md5((h % {high})::VARCHAR), 1, 20) AS account_id, NULL::VARCHAR AS person_id,
            NULL::VARCHAR AS visitor, 'search' AS venue, NULL::VARCHAR AS message,
            '/page' AS page, NULL::DECIMAL(18, 2) AS value
        FROM ({drawn.format(2 * high)})"""
    return {"account": account, "person_fact": person, "opportunity": deal, "event": event}


def leave(pool: LakePool) -> None:
    with pool.engine() as engine:
        _ = engine.snapshot


def page(pool: LakePool, request: TableRequest) -> None:
    with pool.engine() as engine:
        if not list_accounts(engine, request).rows():
            sys.exit("a page without rows measures nothing")


def facet(pool: LakePool, request: TableRequest) -> None:
    with pool.engine() as engine:
        count_accounts(engine, request)


def together(pool: LakePool) -> list[float]:
    """Time pages with facets asked for by eight threads at once, each as fast as it can."""
    times: list[float] = []

    def ask() -> None:
        for request in list(REQUESTS.values())[:9]:
            began = time.perf_counter()
            page(pool, request)
            facet(pool, request)
            times.append(time.perf_counter() - began)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times.sort()
    return [ms(statistics.median(times)), ms(times[int(len(times) * 0.95)])]


def spread(act: Callable[[], object], *, n: int = 20) -> list[float]:
    """Give the median and the 95th of a hundred, in milliseconds."""
    times = sorted(timed(act) for _ in range(n))
    return [ms(statistics.median(times)), ms(times[int(n * 0.95)])]


def timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def ms(seconds: float) -> float:
    return round(1000 * seconds, 1)


def resident_mb() -> int:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 // 1_000_000


def peak_mb() -> int:
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        measure(int(sys.argv[2]), Path(sys.argv[3]))
    elif sys.argv[1:2] == ["--untold"]:
        for size in sys.argv[2:] or ["100000"]:
            measure_untold(int(size))
    else:
        main([int(size) for size in sys.argv[1:]] or [100_000, 1_000_000])
