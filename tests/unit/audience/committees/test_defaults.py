"""Roles assumed by buying class, price and kind of organisation."""

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from signoff.audience import committee_defaults
from signoff.brief import Committee
from signoff.errors import DataError
from signoff.units import BuyingClass, OrganisationKind

HEADER = (
    "kind,role,functions,levels,people_expected,new_task,modified_rebuy,straight_rebuy,"
    "approval_level,source\n"
)


def roles(buying_class: str, price: int, **options: object) -> list[str]:
    found = committee_defaults(buying_class, Decimal(price), **options)  # type: ignore[arg-type]
    return [default.role.role.value for default in found.roles]


def test_committee_defaults_of_a_new_task_take_every_role_and_three_levels() -> None:
    found = committee_defaults("new_task", Decimal(80_000))
    assert (len(found.roles), found.n_levels) == (7, 3)
    assert [default.role.approval_level for default in found.roles] == [1, 1, 1, 1, 2, 2, 3]
    assert all(default.source for default in found.roles)


def test_committee_defaults_of_a_cheap_straight_rebuy_leave_purchasing_alone() -> None:
    assert roles("straight_rebuy", 900) == ["purchaser"]


@pytest.mark.parametrize("buying_class", list(BuyingClass))
@pytest.mark.parametrize("kind", [None, *OrganisationKind])
def test_committee_defaults_never_need_fewer_roles_at_a_higher_price(
    buying_class: BuyingClass, kind: OrganisationKind | None
) -> None:
    prices = (100, 5_001, 50_001, 500_001)
    found = [set(roles(buying_class, price, kind=kind)) for price in prices]
    assert found[0] <= found[1] <= found[2] <= found[3]
    assert found[0]


def test_committee_defaults_never_need_more_people_for_a_rebuy() -> None:
    for price in (100, 6_000, 60_000):
        n = [len(roles(one, price)) for one in ("new_task", "modified_rebuy", "straight_rebuy")]
        assert n == sorted(n, reverse=True)


def test_committee_defaults_raise_the_level_that_signs_with_the_price() -> None:
    def signs(price: int) -> tuple[str, ...]:
        found = committee_defaults("new_task", Decimal(price)).roles[-1].role
        assert found.role == "approver"
        return tuple(level.value for level in found.levels)

    assert signs(6_000) == ("manager", "director")
    assert signs(60_000) == ("director", "executive")
    assert signs(600_000) == ("executive",)


def test_committee_defaults_of_a_hospital_have_users_in_health() -> None:
    found = committee_defaults("new_task", Decimal(900), kind="hospital")
    user = next(default.role for default in found.roles if default.role.role == "user")
    assert [function.value for function in user.functions] == ["health"]


def test_committee_defaults_as_toml_are_the_part_of_a_brief() -> None:
    found = committee_defaults("new_task", Decimal(80_000))
    head = '[committee]\napproval_rule = "mean"\npurchase_months = 6\n\n'
    read = Committee.model_validate(tomllib.loads(head + found.toml())["committee"])
    assert read.roles == tuple(default.role for default in found.roles)


def test_committee_defaults_of_a_table_of_ones_own_replace_ours(tmp_path: Path) -> None:
    table = tmp_path / "roles.csv"
    table.write_text(f"{HEADER}*,decider,,executive,2,1000,,,4,our rule\n", encoding="utf-8")
    (default,) = committee_defaults("new_task", Decimal(2_000), table=table).roles
    assert (default.role.amount_above, default.role.approval_level) == (1000, 1)
    assert default.source == "our rule"


def test_committee_defaults_of_a_bad_table_name_every_fault(tmp_path: Path) -> None:
    table = tmp_path / "roles.csv"
    table.write_text(f"{HEADER}*,boss,,king,2,much,,,1,x\n", encoding="utf-8")
    with pytest.raises(DataError) as found:
        committee_defaults("new_task", Decimal(2_000), table=table)
    assert [fault.where for fault in found.value.faults] == [
        "line 2, role",
        "line 2, levels",
        "line 2, new_task",
    ]
    table.write_text("role\nuser\n", encoding="utf-8")
    with pytest.raises(DataError, match="has no column kind"):
        committee_defaults("new_task", Decimal(2_000), table=table)
