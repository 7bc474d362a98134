"""Which accounts belong to the market of a brief, and why the others do not."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from signoff.audience.industries import Verdict, fold_label, judge_industry, read_industry
from signoff.audience.market_sql import (
    ACCOUNT_ITEMS,
    ACCOUNT_SPANS,
    ACCOUNT_VERDICTS,
    CANDIDATE_IDS,
    CANDIDATES,
    NEVER_ACCOUNTS,
    NEVER_HITS,
    STEP_COUNTS,
    STEPS,
    UNKNOWN_COUNTS,
)
from signoff.brief import Market, NeverContact
from signoff.errors import DataError
from signoff.results import Result, Row
from signoff.store.engines.engine import Engine
from signoff.store.firm_names import fold_name, name_variants
from signoff.store.schemas.table import Column, ColumnType

__all__ = ["MarketSelection", "MarketStep", "list_market_account_ids", "select_market"]

TEXT, INTEGER = ColumnType.TEXT, ColumnType.INTEGER
COLUMN_OF = {
    "country": "country",
    "region": "region",
    "city": "city",
    "organisation_kind": "kind",
    "industry": "industry_code",
    "employees": "employees",
    "relationship": "relationship",
}
NO_LIMIT = 10**15


@dataclass(frozen=True)
class MarketStep:
    """One step of the filter.

    Attributes:
        step: What is asked: suppressed, never_contact, or a criterion of the market.
        is_asked: Whether the brief asks it; the first two always are.
        n_left_out: Accounts that this step leaves out, having passed those before.
        n_kept: Accounts left after it.
        n_unknown: Of the accounts of the market, those whose value is not known.
    """

    step: str
    is_asked: bool
    n_left_out: int
    n_kept: int
    n_unknown: int


@dataclass(frozen=True)
class MarketSelection(Result):
    """The accounts of the market, counted step by step.

    Attributes:
        n_accounts: Accounts in the list.
        n_market: Accounts of the market.
        steps: The steps of the filter, in order.
        empty_columns: Columns the market asks for that no account has a value in.
        never_unmatched: Entries of never_contact that match no account.
        values_unmatched: Regions, cities and industries of the market that no account has.
    """

    n_accounts: int
    n_market: int
    steps: tuple[MarketStep, ...]
    empty_columns: tuple[str, ...]
    never_unmatched: tuple[str, ...]
    values_unmatched: tuple[str, ...] = ()

    def rows(self) -> Sequence[Row]:
        """Give one row per step that the brief asks."""
        return [
            {
                "step": step.step,
                "n_left_out": step.n_left_out,
                "n_kept": step.n_kept,
                "n_unknown": step.n_unknown,
            }
            for step in self.steps
            if step.is_asked
        ]

    def text(self) -> str:
        """Say how many accounts remain, and what is not known of them."""
        parts = [f"{self.n_market:,} of {self.n_accounts:,} accounts belong to the market."]
        parts += [
            f"{step.n_left_out:,} are left out by {step.step}."
            for step in self.steps
            if step.n_left_out
        ]
        if self.empty_columns:
            parts.append(
                f"No account has a value in {', '.join(self.empty_columns)}: those criteria could "
                "not be checked and count half."
            )
        if self.never_unmatched:
            parts.append(
                f"Matched no account in never_contact: {', '.join(self.never_unmatched)}; "
                "check the spelling."
            )
        if self.values_unmatched:
            parts.append(f"No account has: {', '.join(self.values_unmatched)}; check the spelling.")
        return " ".join(parts)


def select_market(
    engine: Engine,
    *,
    market: Market,
    never: NeverContact,
    suppressed_account_ids: Collection[str],
) -> MarketSelection:
    """Find the accounts of the market and leave them in the engine as `market_candidate`.

    A criterion is a filter where the account's value is known: a known mismatch leaves the
    account out, an unknown value keeps it and counts half in its `market_fit_share`.

    Args:
        engine: An engine with the table `account`.
        market: The brief's market.
        never: The brief's list of organisations that must never be contacted.
        suppressed_account_ids: Accounts in the suppression ledger.

    Returns:
        Counts for each step; the table `market_candidate` has one row per account of the market.

    Raises:
        DataError: there is no account, no column that the market asks for, or nobody left.

    >>> from signoff.store.engines import duckdb_engine_on
    >>> lists = {"account": [{"account_id": "a", "name": "Acme", "country": "FR"},
    ...                      {"account_id": "b", "name": "Bolt", "country": "DE"}]}
    >>> with duckdb_engine_on(lists) as engine:
    ...     found = select_market(engine, market=Market(countries=("FR",)),
    ...         never=NeverContact(), suppressed_account_ids=())
    >>> found.n_market
    1
    """
    asked = _asked_steps(market)
    empty = _check_columns(engine, asked=asked)
    unmatched = _put_verdicts(engine, market=market)
    _put_exclusions(engine, never=never, suppressed_account_ids=suppressed_account_ids)
    engine.define("never_account", NEVER_ACCOUNTS)
    engine.define("account_verdict", ACCOUNT_VERDICTS, **_limits(market, asked=asked))
    engine.define("market_candidate", CANDIDATES)
    selection = _count_steps(engine, asked=asked, empty=empty, never=never)
    selection = replace(selection, values_unmatched=unmatched)
    if selection.n_market == 0:
        raise DataError(
            "no account belongs to the market of the brief",
            why="; ".join(
                [
                    f"{step.step} leaves out {step.n_left_out:,}"
                    for step in selection.steps
                    if step.n_left_out
                ]
                + [f"no account has {value}" for value in unmatched]
            ),
            fix="widen the market of the brief, or import accounts that belong to it",
            where="market",
        )
    return selection


def list_market_account_ids(engine: Engine) -> tuple[str, ...]:
    """Name the accounts of the market in the order of their ids, as a holdout draw wants them.

    Args:
        engine: An engine in which `select_market` has left its table.

    Returns:
        Account ids, sorted.

    >>> from signoff.store.engines import duckdb_engine_on
    >>> lists = {"account": [{"account_id": "b", "name": "Bolt", "country": "FR"}]}
    >>> with duckdb_engine_on(lists) as engine:
    ...     found = select_market(engine, market=Market(countries=("FR",)),
    ...         never=NeverContact(), suppressed_account_ids=())
    ...     list_market_account_ids(engine)
    ('b',)
    """
    return tuple(str(name) for name in engine.arrays(CANDIDATE_IDS)["account_id"])


def _asked_steps(market: Market) -> frozenset[str]:
    wanted: dict[str, object] = {
        "country": market.countries,
        "region": market.regions,
        "city": market.cities,
        "organisation_kind": market.organisation_kinds,
        "industry": market.industries,
        "employees": market.employees_min is not None or market.employees_max is not None,
        "relationship": market.relationships,
    }
    return frozenset(step for step, values in wanted.items() if values)


def _check_columns(engine: Engine, *, asked: Collection[str]) -> tuple[str, ...]:
    known = engine.rows(ACCOUNT_SPANS)[0]
    if not known["n_accounts"]:
        raise DataError(
            "there are no accounts",
            why="a plan is made for the accounts of a list",
            fix="import one: signoff import accounts.csv --table account",
        )
    empty = tuple(COLUMN_OF[step] for step in STEPS if step in asked and not known[f"n_{step}"])
    if asked and len(empty) == len(asked):
        raise DataError(
            f"the account list has no value in any of: {', '.join(empty)}",
            why="the market of the brief asks for just these, so no account can be checked",
            fix="import a file that has them (signoff import accounts.csv --table account "
            "--mapping mapping.toml names the columns), or ask for others in the brief",
            where="market",
        )
    return empty


def _put_verdicts(engine: Engine, *, market: Market) -> tuple[str, ...]:
    """Judge every value of the account list; give the market's values that none of them meets."""
    columns = (
        Column("criterion", TEXT, "Criterion of the market"),
        Column("scheme", TEXT, "Industry scheme; empty for other criteria"),
        Column("item", TEXT, "Value as the account list has it"),
        Column("verdict", INTEGER, "1 unknown, 2 met", unit="half points"),
    )
    rows = [row for row in engine.rows(ACCOUNT_ITEMS) if row["item"]]
    judged = [
        {**row, "verdict": int(verdict)}
        for row in rows
        if (verdict := _judge(row, market=market)) is not Verdict.MISSED
    ]
    engine.put("market_verdict", columns, judged)
    return tuple(_unmatched(rows, market=market))


def _unmatched(rows: Sequence[Mapping[str, Any]], *, market: Market) -> Iterator[str]:
    """Name the values of the market that no account has; not where the whole column is empty."""
    for criterion, values in (("region", market.regions), ("city", market.cities)):
        known = {fold_label(row["item"]) for row in rows if row["criterion"] == criterion}
        yield from (f"{criterion} {v}" for v in values if known and fold_label(v) not in known)
    codes = [row for row in rows if row["criterion"] == "industry"]
    for wanted in market.industries:
        family = read_industry(wanted)[0]
        judged = {
            judge_industry(row["scheme"], row["item"], wanted=[wanted])
            for row in codes
            if read_industry(f"{row['scheme']}:{row['item']}")[0] == family
        }
        if judged == {Verdict.MISSED}:
            yield f"industry {wanted}"


def _judge(row: Mapping[str, Any], *, market: Market) -> Verdict:
    if row["criterion"] == "industry":
        return judge_industry(row["scheme"], row["item"], wanted=market.industries)
    wanted: Iterable[str] = {
        "country": market.countries,
        "region": market.regions,
        "city": market.cities,
        "organisation_kind": market.organisation_kinds,
        "relationship": market.relationships,
    }[row["criterion"]]
    met = fold_label(row["item"]) in {fold_label(str(value)) for value in wanted}
    return Verdict.MET if met else Verdict.MISSED


def _put_exclusions(
    engine: Engine, *, never: NeverContact, suppressed_account_ids: Collection[str]
) -> None:
    ids = (Column("account_id", TEXT, "Account that is suppressed"),)
    engine.put(
        "suppressed_account", ids, [{"account_id": i} for i in sorted(set(suppressed_account_ids))]
    )
    columns = (
        Column("kind", TEXT, "domain, account, or words: the plain words of a name"),
        Column("item", TEXT, "Entry of never_contact as it is compared"),
        Column("entry", TEXT, "Entry as the brief has it"),
    )
    rows = [{"kind": "domain", "item": d.lower(), "entry": d} for d in never.domains]
    for entry in never.accounts:
        rows.append({"kind": "account", "item": fold_name(entry), "entry": entry})
        rows.append({"kind": "domain", "item": entry.lower(), "entry": entry})
        rows += [{"kind": "words", "item": w, "entry": entry} for w in name_variants(entry)]
    engine.put("never_item", columns, rows)


def _limits(market: Market, *, asked: Collection[str]) -> dict[str, int]:
    low, high = market.employees_min, market.employees_max
    return {
        **{f"asks_{step}": int(step in asked) for step in COLUMN_OF},
        "n_asked": len(asked),
        "employees_min": 0 if low is None else low,
        "employees_max": NO_LIMIT if high is None else high,
    }


def _count_steps(
    engine: Engine, *, asked: Collection[str], empty: tuple[str, ...], never: NeverContact
) -> MarketSelection:
    left_out = {row["failed_step"]: row["n_accounts"] for row in engine.rows(STEP_COUNTS)}
    unknown = engine.rows(UNKNOWN_COUNTS)[0]
    hits = {row["entry"] for row in engine.rows(NEVER_HITS)}
    total = kept = sum(left_out.values())
    steps = []
    for step in ("suppressed", "never_contact", *STEPS):
        kept -= left_out.get(step, 0)
        steps.append(
            MarketStep(
                step=step,
                is_asked=step in asked or step not in STEPS,
                n_left_out=left_out.get(step, 0),
                n_kept=kept,
                n_unknown=(unknown.get(f"n_{step}") or 0) if step in asked else 0,
            )
        )
    unmatched = [entry for entry in (*never.domains, *never.accounts) if entry not in hits]
    return MarketSelection(
        n_accounts=total,
        n_market=kept,
        steps=tuple(steps),
        empty_columns=empty,
        never_unmatched=tuple(unmatched),
    )
