"""Two versions compared, and two people's changes brought together."""

import copy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from signoff.app.web.forms import describe_model
from signoff.app.web.forms.differences import compare_bodies, is_same
from signoff.app.web.forms.meeting import Side, join_bodies, meet_bodies
from signoff.brief import Brief, read_brief, starter_brief

SHAPE = describe_model(Brief)
STARTER = read_brief(starter_brief())
SPARSE = STARTER.model_dump(mode="json", exclude_unset=True)


def body(**changes: Any) -> dict[str, Any]:
    """Give the sample brief with some places changed: "money__budget" for money.budget."""
    made = copy.deepcopy(SPARSE)
    for path, value in changes.items():
        *way, last = path.split("__")
        here: Any = made
        for step in way:
            here = here[int(step)] if step.isdigit() else here[step]
        here[last] = value
    return made


def paths(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    return [one.path for one in compare_bodies(SHAPE, old, new, language="en")]


def test_compare_bodies_of_the_same_brief_written_in_full_finds_nothing() -> None:
    assert paths(SPARSE, STARTER.model_dump(mode="json")) == []
    assert paths(body(money__budget="60000.00"), body(money__budget="60000")) == []
    kinds = ["manufacturer", "company"]
    assert paths(body(market__organisation_kinds=kinds), SPARSE) == []


def test_compare_bodies_names_each_field_that_differs() -> None:
    changed = body(money__budget="1", market__countries=["FR"], committee__roles__1__levels=[])
    assert paths(SPARSE, changed) == [
        "market.countries",
        "committee.roles[2].levels",
        "money.budget",
    ]


def test_compare_bodies_tells_rows_that_came_and_went_from_rows_that_changed() -> None:
    roles = SPARSE["committee"]["roles"]
    found = compare_bodies(SHAPE, SPARSE, body(committee__roles=roles[1:]), language="en")
    assert [(one.path, bool(one.old), bool(one.new)) for one in found] == [
        ("committee.roles[1]", True, False)
    ]
    found = compare_bodies(SHAPE, body(committee__roles=roles[1:]), SPARSE, language="en")
    assert [(one.path, bool(one.old), bool(one.new)) for one in found] == [
        ("committee.roles[1]", False, True)
    ]


def test_compare_bodies_without_a_model_goes_down_by_key() -> None:
    old, new = {"a": {"b": 1, "c": [1]}, "d": 1}, {"a": {"b": 2, "c": [1]}, "e": 1}
    found = compare_bodies(None, old, new, language="en")
    assert [one.path for one in found] == ["a.b", "d", "e"]


def test_is_same_tells_an_emptied_default_from_one_that_was_never_said() -> None:
    relationships = SHAPE.parts[6].parts[7]
    assert is_same(relationships, None, ["prospect"])
    assert not is_same(relationships, [], ["prospect"])


def meet(mine: dict[str, Any], theirs: dict[str, Any]) -> dict[str, Side | None]:
    met = meet_bodies(SHAPE, base=SPARSE, mine=mine, theirs=theirs, language="en")
    return {one.path: one.changed_by for one in met}


def test_meet_bodies_says_who_changed_what() -> None:
    mine = body(money__budget="1", objective__target=7, committee__roles__0__approval_level=2)
    theirs = body(money__budget="2", period__ends_on="2027-07-31", objective__target=7)
    assert meet(mine, theirs) == {
        "committee.roles[1].approval_level": Side.MINE,
        "money.budget": None,
        "period.ends_on": Side.THEIRS,
    }


def test_meet_bodies_takes_a_list_as_a_whole_where_rows_came_or_went() -> None:
    roles = SPARSE["committee"]["roles"]
    mine, theirs = body(committee__roles=roles[:2]), body(committee__roles__1__approval_level=4)
    assert meet(mine, theirs) == {"committee.roles": None}
    joined = join_bodies(theirs, mine, taken={"committee.roles": Side.MINE})
    assert joined["committee"]["roles"] == roles[:2]


def test_join_bodies_can_take_away_what_they_have_and_leaves_both_as_they_are() -> None:
    theirs, mine = body(notes=["theirs"]), body()
    before = copy.deepcopy((theirs, mine))
    assert "notes" not in join_bodies(theirs, mine, taken={"notes": Side.MINE})
    assert join_bodies(theirs, mine, taken={"notes": Side.THEIRS}) == theirs
    assert (theirs, mine) == before


def test_join_bodies_keeps_what_no_model_knows() -> None:
    mine, theirs = {**SPARSE, "future": 1}, {**SPARSE, "other": 2}
    assert meet(mine, theirs) == {"other": Side.THEIRS, "future": Side.MINE}
    joined = join_bodies(theirs, mine, taken={"future": Side.MINE, "other": Side.THEIRS})
    assert (joined["future"], joined["other"]) == (1, 2)


CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "money__budget": st.sampled_from(["1", "2"]),
        "notes": st.lists(st.sampled_from(["a", "b"]), max_size=2),
        "objective__target": st.integers(1, 3),
        "committee__roles__0__approval_level": st.integers(1, 3),
        "message__propositions__1__claim": st.sampled_from(["x", "y"]),
        "market__relationships": st.sampled_from([["client"], ["prospect", "client"]]),
    },
)


@given(CHANGES, CHANGES)
def test_join_bodies_taking_one_side_everywhere_gives_that_side(
    mine: dict[str, Any], theirs: dict[str, Any]
) -> None:
    one, other = body(**mine), body(**theirs)
    met = meet(one, other)
    for side, whole in ((Side.MINE, one), (Side.THEIRS, other)):
        joined = join_bodies(other, one, taken=dict.fromkeys(met, side))
        assert is_same(SHAPE, joined, whole)
