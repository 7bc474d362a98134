"""What the workspace knows already: accounts, opportunities and people that a file refers to."""

from pathlib import Path
from typing import TYPE_CHECKING

from signoff.store.imports.notation import Notation
from signoff.store.imports.plan import ImportPlan
from signoff.store.imports.reading import literal, value_sql
from signoff.store.lake.current import current_rows
from signoff.store.lake.merged import merges_alone
from signoff.store.lake.session import open_lake
from signoff.store.register.identity import normal_company
from signoff.store.register.ledger import ImportState, list_imports
from signoff.store.register.persons import find_person_ids
from signoff.store.web_domains import is_free_mail, registrable_domain
from signoff.store.workspace import Workspace

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

__all__ = ["ACCOUNT_FIELDS", "PERSON_FIELDS", "bring_known", "has_live_imports", "mail_cell"]

ACCOUNT_FIELDS = ("account_external_id", "account_domain", "account_name")
PERSON_FIELDS = ("person_external_id", "person_email")
CHUNK = 5000
ACCOUNTS_BY = """
CREATE TABLE known_account AS
SELECT how, ref, min(account_id) AS account_id, count(DISTINCT account_id) AS n_accounts
FROM (
    SELECT 'external' AS how, external_id AS ref, account_id FROM accounts
    UNION ALL SELECT 'domain', domain, account_id FROM accounts
    UNION ALL SELECT 'name', lower(trim(name)), account_id FROM accounts
)
WHERE ref IS NOT NULL GROUP BY how, ref
"""


def bring_known(
    session: "DuckDBPyConnection", workspace: Workspace, plan: ImportPlan, *, folder: Path
) -> None:
    """Bring what a file refers to into the desk: known_account, known_opportunity, known_person.

    Args:
        session: The desk, with the staged rows.
        workspace: The workspace.
        plan: The import.
        folder: The desk's folder.
    """
    if any(plan.has(name) for name in ACCOUNT_FIELDS) or mail_cell(plan):
        columns = ("account_id", "external_id", "domain", "name")
        _copy(session, workspace, "account", folder=folder, columns=columns)
        session.execute(ACCOUNTS_BY)
        _bring_spellings(session, plan)
        _bring_mail_domains(session, plan)
    if plan.target.name == "stage_change":
        _copy(session, workspace, "opportunity", folder=folder, columns=("opportunity_id",))
        session.execute("ALTER TABLE opportunities RENAME TO known_opportunity")
    if plan.target.name == "event":
        _bring_persons(session, workspace, plan)


def has_live_imports(workspace: Workspace, target: str) -> bool:
    """Say whether anything was imported under a name that is live now."""
    return bool(list_imports(workspace.register, state=ImportState.LIVE, table_name=target))


def _copy(
    session: "DuckDBPyConnection",
    workspace: Workspace,
    table: str,
    *,
    folder: Path,
    columns: tuple[str, ...],
) -> None:
    """Copy columns of a table's current rows to the desk, as a table in the plural."""
    plural = "accounts" if table == "account" else "opportunities"
    if not has_live_imports(workspace, table):
        typed = ", ".join(f"{name} VARCHAR" for name in columns)
        session.execute(f"CREATE TABLE {plural} ({typed})")
        return
    path = literal(str(folder / f"known-{table}.parquet"))
    with open_lake(workspace) as lake:
        current = current_rows(lake)
        rows = f"SELECT {', '.join(columns)} FROM ({current[table]})"
        if table == "account":  # a file may name an account as it was written before a merge
            rows += (
                " UNION ALL SELECT kept_account_id, external_id, domain, name "
                f"FROM ({merges_alone(current['account_merge'])})"
            )
        lake.session.execute(f"COPY ({rows}) TO {path} (FORMAT parquet)")
    session.execute(f"CREATE TABLE {plural} AS SELECT * FROM read_parquet({path})")


def mail_cell(plan: ImportPlan) -> str:
    """Name the field with the mail address whose domain may tell the account; empty for none."""
    name = {"contact": "email", "event": "person_email"}.get(plan.target.name, "")
    return name if name and plan.has(name) else ""


def _bring_mail_domains(session: "DuckDBPyConnection", plan: ImportPlan) -> None:
    """Bring the account of each mail domain of a file, if just one stands under it.

    The domain itself comes first, then the part of it that its owner registered; addresses that
    anybody gets, as those of gmail.com, tell no account.
    """
    session.execute("CREATE TABLE mail_account (mail_domain VARCHAR, account_id VARCHAR)")
    cell = plan.cell(mail_cell(plan)) if mail_cell(plan) else None
    if cell is None:
        return
    read = value_sql(cell.field, "t", notation=Notation())
    found = session.execute(
        f"SELECT DISTINCT split_part({read}, '@', 2) FROM (SELECT {cell.text} AS t FROM staged) "
        "WHERE t IS NOT NULL"
    ).fetchall()
    registered = {domain: registrable_domain(domain) for (domain,) in found if domain}
    firms = {d: own for d, own in registered.items() if not is_free_mail(own or d)}
    pairs = sorted({(d, own) for d, own in firms.items() if own} | {(d, d) for d in firms})
    session.execute("CREATE TABLE mail_domain (mail_domain VARCHAR, ref VARCHAR)")
    for start in range(0, len(pairs), CHUNK):
        domains, refs = zip(*pairs[start : start + CHUNK], strict=True)
        session.execute(
            "INSERT INTO mail_domain SELECT unnest($1::VARCHAR[]), unnest($2::VARCHAR[])",
            [list(domains), list(refs)],
        )
    session.execute(
        "INSERT INTO mail_account "
        "SELECT mail_domain, arg_max(account_id, ref = mail_domain) FROM mail_domain "
        "JOIN known_account USING (ref) WHERE how = 'domain' AND n_accounts = 1 "
        "GROUP BY mail_domain"
    )


def _bring_spellings(session: "DuckDBPyConnection", plan: ImportPlan) -> None:
    """Let a name that no account has to the letter mean the one that differs in its legal form.

    Names are compared without case, accents, punctuation and legal form; where several accounts
    are alike, the row is given back as one that may mean any of them.
    """
    cell = plan.cell("account_name")
    if cell is None:
        return
    read = value_sql(cell.field, "t", notation=Notation())
    written = f"SELECT DISTINCT lower(trim({read})) FROM (SELECT {cell.text} AS t FROM staged)"
    unknown = session.execute(
        f"SELECT ref FROM ({written}) AS s (ref) WHERE ref IS NOT NULL "
        "AND ref NOT IN (SELECT ref FROM known_account WHERE how = 'name')"
    ).fetchall()
    if not unknown:
        return
    alike: dict[str, set[str]] = {}
    for name, account_id in session.execute("SELECT name, account_id FROM accounts").fetchall():
        alike.setdefault(normal_company(name), set()).add(account_id)
    rows = [
        (ref, min(found), len(found)) for (ref,) in unknown if (found := alike.get(_normal(ref)))
    ]
    for start in range(0, len(rows), CHUNK):
        refs, ids, counts = zip(*rows[start : start + CHUNK], strict=True)
        session.execute(
            "INSERT INTO known_account SELECT 'name', unnest($1::VARCHAR[]), "
            "unnest($2::VARCHAR[]), unnest($3::BIGINT[])",
            [list(refs), list(ids), list(counts)],
        )


def _normal(name: str) -> str:
    """Give a name as it is compared; nothing but punctuation is like no other."""
    return normal_company(name) or name


def _bring_persons(session: "DuckDBPyConnection", workspace: Workspace, plan: ImportPlan) -> None:
    session.execute("CREATE TABLE known_person (how VARCHAR, ref VARCHAR, person_id VARCHAR)")
    for name in PERSON_FIELDS:
        cell = plan.cell(name)
        if cell is None:
            continue
        read = value_sql(cell.field, "t", notation=Notation())
        found = session.execute(
            f"SELECT DISTINCT {read} AS ref FROM (SELECT {cell.text} AS t FROM staged) "
            "WHERE t IS NOT NULL"
        ).fetchall()
        refs = [ref for (ref,) in found if ref is not None]
        if name == "person_email":
            known = find_person_ids(workspace.register, emails=refs)
        else:
            known = find_person_ids(workspace.register, external_ids=refs)
        rows = sorted(known.items())
        for start in range(0, len(rows), CHUNK):
            chunk = rows[start : start + CHUNK]
            session.execute(
                "INSERT INTO known_person SELECT $1, unnest($2::VARCHAR[]), unnest($3::VARCHAR[])",
                [name, [ref for ref, _ in chunk], [person for _, person in chunk]],
            )
