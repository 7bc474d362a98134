"""People that stand in a list more than once: several independent fields, no labels, by Splink."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from signoff.errors import DataError
from signoff.store.firm_names import fold_name

__all__ = ["LinkedPair", "PersonRecord", "link_records"]

LEAST_PAIRS = 10
"""Pairs that share a mail address, or a phone number, from which the rest can be learned."""

PHONE_DIGITS = 9
FOUND_BY_EXACT_SHARE = 0.8
MOST_RANDOM_PAIRS = 1_000_000
QUIET = 50


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """A person as some list has it; what is not known is empty.

    Attributes:
        id: Its own id in that list.
        name: First and last name.
        postcode: Postal code.
        phone: Phone number, in any notation.
        email: Mail address.
    """

    id: str
    name: str = ""
    postcode: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class LinkedPair:
    """Two records that may be one person.

    Attributes:
        id: Id of one record.
        other_id: Id of the other.
        share: How likely they are one person, 0 to 1, as Splink estimates it.
    """

    id: str
    other_id: str
    share: float


def link_records(
    records: Sequence[PersonRecord], *, least_share: float = 0.5, seed: int = 1
) -> tuple[LinkedPair, ...]:
    """Find records that are one person by name, postcode, phone and mail, without labels.

    Splink (extra `linkage`) learns from the list itself how often each field agrees among doubles
    and among others. Compared are records with the same mail address, the same phone number, or
    the same postcode and first letter of the name.

    Args:
        records: A list with at least ten pairs that share a mail address or a phone number.
        least_share: Pairs less likely than this are left out, 0 to 1.
        seed: Of the random pairs from which chance agreement is learned.

    Returns:
        The likeliest pair first.

    Raises:
        DataError: an id twice, too few pairs to learn from, or Splink is not installed.

    >>> try:
    ...     link_records([PersonRecord("1", "Ann Lee")])
    ... except DataError as error:
    ...     print(str(error).partition(".")[0])
    too few records share a mail address or a phone number to learn from
    """
    columns = _columns(records)
    learned_on = [name for name in ("email", "phone") if _n_pairs(columns[name]) >= LEAST_PAIRS]
    if not learned_on:
        raise DataError(
            "too few records share a mail address or a phone number to learn from",
            why=f"without labels the fields are weighed on at least {LEAST_PAIRS} such pairs",
            fix="give a longer list, or compare firms by name and domain (match_accounts)",
        )
    linker = _linker(columns)
    rules = [_load("splink").block_on(name) for name in learned_on]
    linker.training.estimate_probability_two_random_records_match(
        rules, recall=FOUND_BY_EXACT_SHARE
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=MOST_RANDOM_PAIRS, seed=seed)
    for rule in rules:
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    found = linker.inference.predict(threshold_match_probability=least_share).as_dict()
    pairs = zip(found["id_l"], found["id_r"], found["match_probability"], strict=True)
    linked = [LinkedPair(a, b, float(share)) for a, b, share in pairs]
    return tuple(sorted(linked, key=lambda pair: (-pair.share, pair.id, pair.other_id)))


def _columns(records: Sequence[PersonRecord]) -> dict[str, list[str | None]]:
    """Give the fields in the form in which they are compared; unknown is None."""
    twice = [name for name, n in Counter(record.id for record in records).items() if n > 1]
    if twice:
        raise DataError(
            f"{len(twice):,} ids stand more than once",
            why="a record is known by its id in the pairs found",
            fix=f"give each record an id of its own; the first one is {twice[0]!r}",
        )
    phones = ["".join(filter(str.isdigit, record.phone))[-PHONE_DIGITS:] for record in records]
    return {
        "id": [record.id for record in records],
        "name": [fold_name(record.name) or None for record in records],
        "postcode": [record.postcode.replace(" ", "").upper() or None for record in records],
        "phone": [phone or None for phone in phones],
        "email": [record.email.strip().lower() or None for record in records],
    }


def _n_pairs(values: Sequence[str | None]) -> int:
    counts = Counter(value for value in values if value)
    return sum(n * (n - 1) // 2 for n in counts.values())


def _linker(columns: dict[str, list[str | None]]) -> Any:
    """Give a Splink linker that compares the fields that the list knows."""
    splink, compare = _load("splink"), _load("splink.comparison_library")
    known = [name for name in ("postcode", "phone", "email") if any(columns[name])]
    comparisons = [compare.ExactMatch(name) for name in known]
    if any(columns["name"]):
        comparisons.append(compare.JaroWinklerAtThresholds("name"))
    settings = splink.SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="id",
        comparisons=comparisons,
        blocking_rules_to_generate_predictions=[
            splink.block_on("email"),
            splink.block_on("phone"),
            splink.block_on("postcode", "substr(name, 1, 1)"),
        ],
    )
    text = _load("pyarrow").string()
    arrays = {name: _load("pyarrow").array(column, text) for name, column in columns.items()}
    table = _load("pyarrow").table(arrays)
    registered = _load("splink.backends.duckdb").DuckDBAPI().register(table)
    return splink.Linker(registered, settings, log_level=QUIET)


def _load(name: str) -> Any:
    """Load a module of the extra `linkage` when it is used: it is heavy."""
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        raise DataError(
            "linking people needs splink, which is not installed",
            why="it comes with an extra, so that a plain installation stays small",
            fix='run: pip install "signoff[linkage]"',
        ) from error
