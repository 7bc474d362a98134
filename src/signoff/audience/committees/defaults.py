"""Which roles a purchase needs when nobody has said so yet: by buying class, price and kind."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from importlib import resources
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from signoff.brief import BuyingRole
from signoff.errors import DataError, Fault
from signoff.results import Result, Row
from signoff.units import BuyingClass, CommitteeRole, OrganisationKind

__all__ = ["CommitteeDefaults", "DefaultRole", "committee_defaults"]

ROLES_FILE, THRESHOLDS_FILE = "committee_defaults.csv", "approval_thresholds.csv"
ANY_KIND = "*"
COLUMNS = (
    *("kind", "role", "functions", "levels", "people_expected"),
    *(buying_class.value for buying_class in BuyingClass),
    *("approval_level", "source"),
)
LEVELS_OF = {
    CommitteeRole.DECIDER: "decider_levels",
    CommitteeRole.APPROVER: "approver_levels",
}


@dataclass(frozen=True)
class DefaultRole:
    """One role that is assumed, and what that rests on.

    Attributes:
        role: The role, as a brief has it.
        source: Where it comes from, and what of it is judgement.
    """

    role: BuyingRole
    source: str


@dataclass(frozen=True)
class CommitteeDefaults(Result):
    """The roles assumed for a purchase.

    Attributes:
        roles: The roles, by level of approval.
        n_levels: Levels of approval among them.
    """

    roles: tuple[DefaultRole, ...]
    n_levels: int

    def rows(self) -> Sequence[Row]:
        """Give one row per role."""
        return [
            {
                "role": found.role.role.value,
                "approval_level": found.role.approval_level,
                "functions": ", ".join(found.role.functions),
                "levels": ", ".join(found.role.levels),
                "people_expected": found.role.people_expected,
                "amount_above": found.role.amount_above,
                "source": found.source,
            }
            for found in self.roles
        ]

    def text(self) -> str:
        """Say that these are assumptions.

        >>> CommitteeDefaults((), 0).text()
        '0 roles at 0 levels of approval. These are assumptions: change what you know better.'
        """
        return (
            f"{len(self.roles)} roles at {self.n_levels} levels of approval. These are "
            "assumptions: change what you know better."
        )

    def toml(self) -> str:
        """Give the roles as the part of a brief, each with its source as a remark.

        >>> print(committee_defaults("straight_rebuy", Decimal(900)).toml())
        # Webster and Wind 1972: buyers; that a straight rebuy lies with purchasing: Robinson, \
Faris and Wind 1967; amount: judgement
        [[committee.roles]]
        role = "purchaser"
        functions = ["purchasing"]
        levels = ["specialist", "manager"]
        approval_level = 1
        people_expected = 1
        <BLANKLINE>
        """
        return "\n".join(_section(found) for found in self.roles)


def committee_defaults(
    buying_class: BuyingClass | str,
    price: Decimal,
    *,
    kind: OrganisationKind | str | None = None,
    table: Path | None = None,
) -> CommitteeDefaults:
    """Assume which roles a purchase needs, at how many levels of approval, and say why.

    Args:
        buying_class: How new the purchase is: new_task, modified_rebuy or straight_rebuy.
        price: What one purchase costs, in the currency of the thresholds (EUR as shipped).
        kind: Kind of organisation that buys; empty for any.
        table: A file of your own with the columns of committee_defaults.csv; empty for ours.

    Returns:
        Roles whose amount the price exceeds; levels of approval count from 1 without a gap.

    Raises:
        DataError: the file lacks a column or holds what cannot be read; all faults at once.

    Source: roles after Webster and Wind (1972), A General Model for Understanding Organizational
    Buying Behavior, Journal of Marketing 36(2), and Bonoma (1982), Major Sales: Who Really Does
    the Buying?, Harvard Business Review; that fewer people take part the more often a thing was
    bought: Robinson, Faris and Wind (1967), Industrial Buying and Creative Marketing. Departments,
    numbers and amounts are judgement.

    >>> found = committee_defaults("new_task", Decimal(80_000))
    >>> found.n_levels, [d.role.role.value for d in found.roles if d.role.amount_above == 5000]
    (3, ['gatekeeper', 'purchaser', 'approver'])
    """
    asked = BuyingClass(buying_class)
    wanted = OrganisationKind(kind).value if kind else ANY_KIND
    listed = _by_role(_rows(table), kind=wanted)
    levels = _levels_at(price)
    chosen = [row for row in listed if row[asked.value] and price > _amount(row[asked.value])]
    steps = sorted({int(row["approval_level"]) for row in chosen})
    made = [_role(row, asked=asked, steps=steps, levels=levels) for row in chosen]
    roles = tuple(sorted(made, key=lambda found: found.role.approval_level))
    return CommitteeDefaults(roles=roles, n_levels=len(steps))


def _by_role(rows: Sequence[Mapping[str, str]], *, kind: str) -> list[Mapping[str, str]]:
    """Give one row per role: that of the kind, else that of any."""
    found = {row["role"]: row for row in rows if row["kind"] == ANY_KIND}
    found |= {row["role"]: row for row in rows if row["kind"] == kind}
    return list(found.values())


def _role(
    row: Mapping[str, str],
    *,
    asked: BuyingClass,
    steps: Sequence[int],
    levels: Mapping[str, str],
) -> DefaultRole:
    told = levels.get(LEVELS_OF.get(CommitteeRole(row["role"]), ""), "") if row["levels"] else ""
    is_own = row["kind"] != ANY_KIND
    fields = {
        **_fields(row),
        "levels": (row["levels"] if is_own or not told else told).split(),
        "approval_level": steps.index(int(row["approval_level"])) + 1,
        "amount_above": _amount(row[asked.value]) or None,
    }
    return DefaultRole(BuyingRole.model_validate(fields), row["source"])


def _fields(row: Mapping[str, str]) -> dict[str, Any]:
    return {
        "role": row["role"],
        "functions": row["functions"].split(),
        "levels": row["levels"].split(),
        "approval_level": row["approval_level"],
        "people_expected": row["people_expected"],
    }


def _levels_at(price: Decimal) -> Mapping[str, str]:
    """Give who decides and who approves at a price: the highest threshold that it exceeds."""
    found = [row for row in _shipped(THRESHOLDS_FILE) if price > _amount(row["amount_above"])]
    return found[-1] if found else {}


def _rows(table: Path | None) -> list[dict[str, str]]:
    if table is None:
        return _shipped(ROLES_FILE)
    with table.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        lacking = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
        rows = list(reader)
    if lacking:
        raise DataError(
            f"{table.name} has no column {', '.join(lacking)}",
            why=f"its columns are {', '.join(reader.fieldnames or ()) or 'none'}",
            fix=f"give it the columns {', '.join(COLUMNS)}",
        )
    faults = [fault for line, row in enumerate(rows, start=2) for fault in _faults(row, line)]
    if faults:
        raise DataError(
            f"{table.name} cannot be read",
            why=f"{len(faults)} of its cells hold what they may not",
            fix="mend them as said for each",
            faults=faults,
        )
    return rows


def _faults(row: Mapping[str, str], line: int) -> Iterator[Fault]:
    """Find what is wrong in one line of a table of defaults."""
    try:
        BuyingRole.model_validate(_fields(row))
    except ValidationError as error:
        for found in error.errors():
            name = str(found["loc"][0])
            yield Fault(
                f"{row[name]!r} is no {name}",
                "each role is read as a brief reads it",
                "write it as in docs/reference/brief.md, several with spaces between",
                f"line {line}, {name}",
            )
    for buying_class in BuyingClass:
        try:
            _amount(row[buying_class.value] or "0")
        except InvalidOperation:
            yield Fault(
                f"{row[buying_class.value]!r} is no amount",
                "the role takes part above an amount",
                "write a number, 0 for any price, or nothing for never",
                f"line {line}, {buying_class.value}",
            )


def _shipped(name: str) -> list[dict[str, str]]:
    path = resources.files("signoff.audience").joinpath(f"data/{name}")
    with path.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def _amount(text: str) -> Decimal:
    return Decimal(text)


def _section(found: DefaultRole) -> str:
    role = found.role
    lines = [f"# {found.source}", "[[committee.roles]]", f'role = "{role.role.value}"']
    for name, items in (("functions", role.functions), ("levels", role.levels)):
        if items:
            listed = ", ".join(f'"{item.value}"' for item in items)
            lines.append(f"{name} = [{listed}]")
    lines.append(f"approval_level = {role.approval_level}")
    lines.append(f"people_expected = {role.people_expected}")
    if role.amount_above is not None:
        lines.append(f"amount_above = {role.amount_above:f}")
    return "\n".join(lines) + "\n"
