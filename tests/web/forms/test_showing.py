"""Documents shown field by field."""

from django.utils.translation import override

from signoff.app.web.forms import describe_model, show_document
from signoff.app.web.forms.showing import show_value
from signoff.brief import Brief, read_brief, starter_brief

SHAPE = describe_model(Brief)
BODY = read_brief(starter_brief()).model_dump(mode="json", exclude_unset=True)


def test_show_document_says_every_field_in_the_reader_s_words() -> None:
    with override("fr"):
        shown = {one.path: one for one in show_document(SHAPE, BODY, language="fr")}
    money = {one.path: one.lines for one in shown["money"].parts}
    assert money["money.budget"] == ("60\u202f000",)
    assert money["money.exchange_rates"] == ("GBP: 1,15",)
    period = {one.path: one.lines for one in shown["period"].parts}
    assert period["period.starts_on"] == ("4 janvier 2027",)
    roles = next(one for one in shown["committee"].parts if one.path == "committee.roles")
    assert roles.parts[0].parts[0].lines == ("utilisateur",)


def test_show_document_leaves_out_what_is_empty_and_shows_what_no_model_knows() -> None:
    shown = show_document(SHAPE, {"venues": [], "future": {"a": [1]}}, language="en")
    assert [(one.label, one.lines) for one in shown] == [("future", ('{"a": [1]}',))]


def test_show_value_of_a_wrong_type_is_shown_as_it_is() -> None:
    part = next(one for one in SHAPE.parts if one.name == "period").parts[0]
    assert show_value(part, "soon", language="en") == ("soon",)
    assert show_value(part, 20270104, language="en") == ("20270104",)
