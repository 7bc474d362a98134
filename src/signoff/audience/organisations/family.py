"""Parents and subsidiaries: which account belongs to which, and circles that cannot be."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from signoff.results import Result, Row
from signoff.store.engines.engine import Engine, Statement
from signoff.store.firm_names import drop_legal_form, plain_words

__all__ = ["ACCOUNT_PARENTS", "Families", "link_parents", "list_families"]

ACCOUNT_PARENTS = Statement(
    name="accounts with the name of their parent",
    reads=("account",),
    sql="SELECT account_id, name, parent_name FROM account ORDER BY account_id",
)


@dataclass(frozen=True)
class Families(Result):
    """Which account belongs to which.

    Attributes:
        parents: Parent of each account that has one among the accounts.
        circles: Accounts that would each be above the other; none of these links is kept.
        unmatched: Names of parents that no account has, sorted.
        ambiguous: Names of parents that several accounts have, sorted; none of them is taken.
        subsidiaries: Accounts directly below each parent, by id.
    """

    parents: Mapping[str, str]
    circles: tuple[tuple[str, ...], ...]
    unmatched: tuple[str, ...]
    ambiguous: tuple[str, ...]
    subsidiaries: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def top(self, account_id: str) -> str:
        """Give the account at the top of a family; itself where it has no parent.

        >>> link_parents([("a", "Acme", None), ("b", "Bolt", "ACME Ltd")]).top("b")
        'a'
        """
        while account_id in self.parents:
            account_id = self.parents[account_id]
        return account_id

    def below(self, account_id: str) -> tuple[str, ...]:
        """Give all accounts below one, the nearest first.

        >>> link_parents([("a", "Acme", None), ("b", "Bolt", "Acme")]).below("a")
        ('b',)
        """
        found: list[str] = []
        waiting = list(self.subsidiaries.get(account_id, ()))
        while waiting:
            found += waiting
            waiting = [below for one in waiting for below in self.subsidiaries.get(one, ())]
        return tuple(found)

    def rows(self) -> Sequence[Row]:
        """Give one row per account that has a parent."""
        return [
            {"account_id": name, "parent_id": parent, "top_id": self.top(name)}
            for name, parent in self.parents.items()
        ]

    def text(self) -> str:
        """Say how many accounts have a parent, and what could not be linked.

        >>> link_parents([("a", "Acme", "Bolt"), ("b", "Bolt", "Acme")]).text()
        '0 accounts belong to another one. 1 circles of parents were found and left out.'
        """
        parts = [f"{len(self.parents):,} accounts belong to another one."]
        if self.circles:
            parts.append(f"{len(self.circles):,} circles of parents were found and left out.")
        if self.unmatched:
            parts.append(f"{len(self.unmatched):,} parents are no account.")
        if self.ambiguous:
            parts.append(f"{len(self.ambiguous):,} parents could be several accounts.")
        return " ".join(parts)


def link_parents(accounts: Iterable[tuple[str, str, str | None]]) -> Families:
    """Link accounts to their parents by name, and tell circles instead of following them.

    Args:
        accounts: Id, name, and name of the parent as the source writes it; names are compared
            without case, accents and legal form.

    Returns:
        The families; an account in a circle keeps no parent, those below it keep theirs.

    >>> found = link_parents([("a", "Acme", None), ("b", "Bolt", "Acme SA"), ("c", "Cog", "Bolt")])
    >>> found.parents, found.top("c")
    ({'b': 'a', 'c': 'b'}, 'a')
    """
    listed = list(accounts)
    cores = {parent: _core(parent) for _id, _name, parent in listed if parent}
    by_name: dict[str, list[str]] = {}
    # without any parent no name needs to be read
    for account_id, name, _parent in listed if cores else ():
        by_name.setdefault(_core(name), []).append(account_id)
    links: dict[str, str] = {}
    unmatched: set[str] = set()
    ambiguous: set[str] = set()
    for account_id, _name, parent in listed:
        if not parent or not cores[parent]:
            continue
        found = by_name.get(cores[parent], [])
        if len(found) == 1:
            links[account_id] = found[0]
        else:
            (ambiguous if found else unmatched).add(parent)
    circles = _find_circles(links)
    caught = {account_id for circle in circles for account_id in circle}
    parents = {child: parent for child, parent in links.items() if child not in caught}
    return Families(
        parents=parents,
        circles=circles,
        unmatched=tuple(sorted(unmatched)),
        ambiguous=tuple(sorted(ambiguous)),
        subsidiaries=_turned(parents),
    )


def list_families(engine: Engine) -> Families:
    """Link the accounts of the workspace to their parents.

    Args:
        engine: An engine with the table `account`.

    Returns:
        The families, with circles and parents that are no account.

    >>> from signoff.store.engines import duckdb_engine_on
    >>> bolt = {"account_id": "b", "name": "Bolt", "parent_name": "Acme"}
    >>> with duckdb_engine_on({"account": [{"account_id": "a", "name": "Acme"}, bolt]}) as engine:
    ...     list_families(engine).parents
    {'b': 'a'}
    """
    rows = engine.arrays(ACCOUNT_PARENTS)
    listed = zip(rows["account_id"], rows["name"], rows["parent_name"], strict=True)
    return link_parents((str(a), str(name), str(p) if p else None) for a, name, p in listed)


def _core(name: str) -> str:
    return drop_legal_form(plain_words(name))


def _find_circles(links: Mapping[str, str]) -> tuple[tuple[str, ...], ...]:
    """Follow each account upwards once; who is met again on the same way closes a circle."""
    done: set[str] = set()
    circles = []
    for start in links:
        way: dict[str, int] = {}
        at = start
        while at in links and at not in done and at not in way:
            way[at] = len(way)
            at = links[at]
        if at in way:
            circles.append(tuple(sorted(list(way)[way[at] :])))
        done.update(way)
    return tuple(sorted(circles))


def _turned(parents: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    below: dict[str, list[str]] = {}
    for child, parent in parents.items():
        below.setdefault(parent, []).append(child)
    return {parent: tuple(sorted(children)) for parent, children in below.items()}
