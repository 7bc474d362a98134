"""How large a market is: counts of firms that were imported, and how many of them we know."""

import functools
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from signoff.audience.industries import Verdict, fold_label, judge_industry, read_industry
from signoff.audience.organisations.industry import SCHEMES, match_industry
from signoff.audience.organisations.market_size_sql import (
    ACCOUNT_INDUSTRIES,
    FIRM_INDUSTRIES,
    MARKET_REGIONS,
    MARKET_SIZES,
)
from signoff.errors import DataError
from signoff.results import Result, Row
from signoff.store.engines.engine import Engine
from signoff.store.schemas.table import Column, ColumnType

__all__ = ["MarketSize", "SizeLine", "size_market"]

ALL = "*"
Code = tuple[str, str]
Judge = Callable[[Code], Sequence[tuple[Code, Verdict]]]
WANTED = (
    Column("industry_scheme", ColumnType.TEXT, "Scheme of a count"),
    Column("industry_code", ColumnType.TEXT, "Code of a count"),
)
PAIR = (
    *WANTED,
    Column("account_scheme", ColumnType.TEXT, "Scheme of an account"),
    Column("account_code", ColumnType.TEXT, "Code of an account"),
    Column("is_same", ColumnType.INTEGER, "1: the account's industry is surely among the count's"),
    Column("compared_permille", ColumnType.INTEGER, "How sure across schemes, in thousandths"),
)
REGION = (
    Column("region", ColumnType.TEXT, "Region as it is written"),
    Column("folded", ColumnType.TEXT, "Region as it is compared"),
)


@dataclass(frozen=True)
class SizeLine:
    """One count of firms, with the accounts that are among them.

    Attributes:
        country: ISO 3166 alpha-2 code.
        region: Region as the source of the count writes it; empty for the whole country.
        industry: "scheme:code"; the code * stands for all industries.
        size_band: micro, small, medium or large; empty for all sizes.
        year: Year of the count.
        source: Where the count comes from.
        n_firms: Firms counted.
        n_accounts: Accounts that are surely among them, by codes of the same family.
        n_clients: Clients among these accounts.
        known_share: n_accounts divided by n_firms; above 1 where more accounts are known than
            firms were counted, empty where no firm was counted.
        n_compared: Accounts expected among them by comparing NAICS with NACE or NAF; not in
            n_accounts, nor in the share.
        n_undecided: Accounts that may be among them: nothing speaks against it, but their
            country, region, size or exact industry is not known.
    """

    country: str
    region: str | None
    industry: str
    size_band: str | None
    year: int
    source: str
    n_firms: int
    n_accounts: int
    n_clients: int
    known_share: float | None
    n_compared: float
    n_undecided: int


@dataclass(frozen=True)
class MarketSize(Result):
    """The size of a market: the newest count of each cell and source.

    Attributes:
        lines: One per count, never added up: totals stand beside their parts.
        n_unplaced: Accounts whose industry is in no line: not known, or not comparable.
    """

    lines: tuple[SizeLine, ...]
    n_unplaced: int

    def rows(self) -> Sequence[Row]:
        """Give one row per count."""
        return [asdict(line) for line in self.lines]

    def text(self) -> str:
        """Say what was counted, and what the shares do not hold."""
        years = sorted({line.year for line in self.lines})
        sources = ", ".join(sorted({line.source for line in self.lines}))
        period = str(years[0]) if len(years) == 1 else f"{years[0]} to {years[-1]}"
        parts = [
            f"Firms of the market by {len(self.lines):,} counts of {period} ({sources}).",
            "Each line stands by itself: totals and their parts are not to be added up.",
        ]
        if any(line.n_compared for line in self.lines):
            parts.append(
                "Accounts with a code of another scheme are compared (NAICS with NACE and NAF, by "
                "hand): n_compared is how many of them are expected, and no share holds them."
            )
        if any(line.n_undecided for line in self.lines):
            parts.append(
                "n_undecided may belong too: their country, region, size or exact industry is not "
                "known."
            )
        if n_over := sum(line.n_accounts > line.n_firms for line in self.lines):
            parts.append(
                f"{n_over:,} of {len(self.lines):,} lines know more accounts than firms were "
                "counted: the source counts otherwise, or accounts stand twice."
            )
        if self.n_unplaced:
            parts.append(
                f"{self.n_unplaced:,} accounts are in no line: their industry is not known, or "
                "lies in none of those counted."
            )
        return " ".join(parts)


def size_market(
    engine: Engine, *, industries: Sequence[str] = (), country: str | None = None
) -> MarketSize:
    """Set imported counts of firms against the accounts: how large, and how much of it is known.

    An account is among the firms of a count when country, region, size band and industry say so.
    NACE and NAF are one family of codes; between NAICS and these `match_industry` compares, and
    what it finds stands apart. Nothing is estimated where no count was imported.

    Args:
        engine: An engine with `firm_count` and `account`.
        industries: Only counts within these, each "scheme:code"; all when empty.
        country: Only counts of this country, ISO 3166 alpha-2; all when empty.

    Returns:
        One line per cell and source, the newest year of each.

    Raises:
        DataError: no counts were imported, or none of this country and these industries.
    """
    country = (country or "").strip().upper()
    counted = [_code(row) for row in engine.rows(FIRM_INDUSTRIES, country=country)]
    wanted = [code for code in counted if _is_wanted(code, industries)]
    if not wanted:
        raise _no_counts(engine, counted)
    listed = {
        (row["scheme"], row["code"]): int(row["n_accounts"])
        for row in engine.rows(ACCOUNT_INDUSTRIES, country=country)
    }
    pairs = _pair_industries(wanted, list(listed))
    placed = {(pair["account_scheme"], pair["account_code"]) for pair in pairs}
    regions = [row["region"] for row in engine.rows(MARKET_REGIONS)]
    engine.put("wanted_industry", WANTED, [_named(code) for code in wanted])
    engine.put("industry_pair", PAIR, pairs)
    engine.put("region_name", REGION, [{"region": r, "folded": fold_label(r)} for r in regions])
    return MarketSize(
        lines=tuple(_line(row) for row in engine.rows(MARKET_SIZES, country=country)),
        n_unplaced=sum(n for code, n in listed.items() if code not in placed),
    )


def _no_counts(engine: Engine, counted: Sequence[Code]) -> DataError:
    everywhere = counted or [_code(row) for row in engine.rows(FIRM_INDUSTRIES, country="")]
    if not everywhere:
        return DataError(
            "no counts of firms are imported",
            why="the size of a market is looked up, never guessed",
            fix="import a file with country, industry scheme, industry code, size band, n firms, "
            "year and source: signoff import counts.csv --table firm_count",
            where="firm_count",
        )
    return DataError(
        "no counts of firms lie within this country and these industries",
        why="a market without counts has no size that could be looked up",
        fix="leave the filter out to see what is counted, or import counts of this market",
        where="firm_count",
    )


def _is_wanted(code: Code, industries: Sequence[str]) -> bool:
    if not industries:
        return True
    scheme, plain = code
    return plain != ALL and judge_industry(scheme, plain, wanted=industries) is Verdict.MET


def _pair_industries(counted: Sequence[Code], accounts: Sequence[Code]) -> list[dict[str, Any]]:
    """Pair each counted industry with those of accounts that are, or may be, among it."""
    starts: dict[Code, list[Code]] = defaultdict(list)
    for code in counted:
        if code[1] != ALL:
            family, begins = read_industry(":".join(code))
            for begin in sorted({begin[:1] for begin in begins}):
                starts[family, begin].append(code)
    judge = functools.cache(functools.partial(_verdicts, starts=starts))
    pairs = []
    for account in accounts:
        found = dict(_same_family(account, judge)) | dict(_other_family(account, judge))
        found |= {code: (1, 0) for code in counted if code[1] == ALL}
        pairs += [
            _named(code)
            | {"account_scheme": account[0], "account_code": account[1]}
            | {"is_same": is_same, "compared_permille": permille}
            for code, (is_same, permille) in sorted(found.items())
        ]
    return pairs


def _same_family(account: Code, judge: Judge) -> Iterator[tuple[Code, tuple[int, int]]]:
    for code, verdict in judge(account):
        yield code, (int(verdict is Verdict.MET), 0)


def _other_family(account: Code, judge: Judge) -> Iterator[tuple[Code, tuple[int, int]]]:
    """Add up how sure the candidates are that lie within a count; one too coarse is undecided."""
    scheme, code = account
    if scheme not in SCHEMES or not code:
        return
    to = "nace" if scheme == "naics" else "naics"
    told: dict[Code, float] = {}
    for match in match_industry(f"{scheme}:{code}", to=to):
        other = (to, match.industry.partition(":")[2])
        for counted, verdict in judge(other):
            met = match.share if verdict is Verdict.MET else 0.0
            told[counted] = told.get(counted, 0.0) + met
    for counted, share in told.items():
        yield counted, (0, min(1000, round(1000 * share)))


def _verdicts(
    code: Code, *, starts: Mapping[Code, Sequence[Code]]
) -> tuple[tuple[Code, Verdict], ...]:
    """Give the counts that hold a code, or may; only those that begin alike are judged."""
    scheme, plain = code
    if not scheme or not plain:
        return ()
    family, begins = read_industry(f"{scheme}:{plain}")
    near = {count for begin in begins for count in starts.get((family, begin[:1]), ())}
    judged = (
        (count, judge_industry(scheme, plain, wanted=[":".join(count)])) for count in sorted(near)
    )
    return tuple(found for found in judged if found[1] is not Verdict.MISSED)


def _code(row: Mapping[str, Any]) -> Code:
    return row["industry_scheme"], row["industry_code"]


def _named(code: Code) -> dict[str, Any]:
    return {"industry_scheme": code[0], "industry_code": code[1]}


def _line(row: Mapping[str, Any]) -> SizeLine:
    n_firms, n_accounts = int(row["n_firms"]), int(row["n_accounts"])
    return SizeLine(
        country=row["country"],
        region=row["region"],
        industry=f"{row['industry_scheme']}:{row['industry_code']}",
        size_band=row["size_band"],
        year=int(row["year"]),
        source=row["source"],
        n_firms=n_firms,
        n_accounts=n_accounts,
        n_clients=int(row["n_clients"]),
        known_share=n_accounts / n_firms if n_firms else None,
        n_compared=int(row["n_compared_permille"]) / 1000,
        n_undecided=int(row["n_undecided"]),
    )
