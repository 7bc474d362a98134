"""Rows added, removed and moved."""

from signoff.app.web.forms import RowAct, change_rows, describe_model, read_act, type_body
from signoff.brief import Brief, read_brief, starter_brief

SHAPE = describe_model(Brief)
BODY = read_brief(starter_brief()).model_dump(mode="json")


def roles(typed: dict[str, list[str]]) -> list[str]:
    return [
        typed[f"committee.roles[{n}].role"][0]
        for n in range(1, 9)
        if f"committee.roles[{n}].role" in typed
    ]


def changed(deed: str, number: int = 0) -> tuple[dict[str, list[str]], str]:
    typed = type_body(SHAPE, BODY, language="en")
    act = RowAct(deed, "committee.roles", number)
    return change_rows(SHAPE, typed, act=act, language="en")


def test_change_rows_moves_rows_with_all_their_boxes() -> None:
    typed, place = changed("up", 3)
    assert (roles(typed), place) == (["user", "approver", "decider"], "committee.roles[2]")
    assert typed["committee.roles[2].functions"] == ["finance"]
    assert roles(changed("down", 1)[0]) == ["decider", "user", "approver"]


def test_change_rows_at_an_end_or_of_no_row_changes_nothing() -> None:
    for deed, number in (("up", 1), ("down", 3), ("remove", 4), ("up", 0)):
        assert roles(changed(deed, number)[0]) == ["user", "decider", "approver"]


def test_change_rows_removes_one_and_numbers_the_rest_anew() -> None:
    typed, place = changed("remove", 2)
    assert (roles(typed), place) == (["user", "approver"], "committee.roles")
    assert not any("[3]" in name for name in typed if name.startswith("committee"))


def test_change_rows_adds_an_empty_row_with_the_defaults_of_the_model() -> None:
    typed, place = changed("add")
    assert place == "committee.roles[4]"
    assert typed["committee.roles[4].role"] == [""]
    assert roles(typed)[:3] == ["user", "decider", "approver"]


def test_read_act_reads_only_what_is_about_a_list_of_the_form() -> None:
    assert read_act("add venues", shape=SHAPE) == RowAct("add", "venues")
    assert read_act("remove money.exchange_rates[1]", shape=SHAPE) is not None
    for text in ("save", "add money", "add venues[1]", "remove venues", "add venues.x", "drop a"):
        assert read_act(text, shape=SHAPE) is None
