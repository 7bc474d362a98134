"""Forms as templates show them."""

import re
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from signoff.app.web.forms import build_form, describe_model, type_body
from signoff.app.web.forms.boxes import Box
from signoff.brief import Brief, read_brief, starter_brief
from signoff.errors import Fault

SHAPE = describe_model(Brief)
BODY = read_brief(starter_brief()).model_dump(mode="json", exclude_unset=True)


def find(boxes: list[Box], name: str) -> Box:
    for box in boxes:
        if box.name == name:
            return box
        if name.startswith(box.name):
            return find(box.parts, name)
    raise AssertionError(name)


def built(*places: str, language: str = "en", **more: Any) -> Any:
    faults = [Fault("it is wrong", "it must be right", "mend it", place) for place in places]
    typed = type_body(SHAPE, BODY, language=language)
    with override(language):
        return build_form(SHAPE, typed, language=language, faults=faults, **more)


def test_build_form_puts_each_fault_beside_the_nearest_box() -> None:
    form = built(
        "committee.roles[2].role",
        "market.countries[2]",
        "money.exchange_rates.GBP",
        "committee.roles[9].role",
        "language",
        "unheard_of",
        "",
    )
    assert find(form.sections, "committee.roles[2].role").n_faults == 1
    assert find(form.sections, "market.countries").faults[0].item == 2
    assert find(form.sections, "money.exchange_rates").n_faults == 1
    assert len(find(form.sections, "committee.roles").faults) == 1
    assert form.top.parts[0].n_faults == 1
    assert [told.anchor for told in form.told][-2:] == ["", ""]


def test_build_form_shows_what_an_empty_box_stands_for() -> None:
    box = find(built(language="fr").sections, "committee.exposures_needed")
    assert (box.text, box.empty) == ("3", "3")
    share = find(built(language="fr").sections, "measurement.holdout_share")
    assert share.empty == "10\u202f%"


def test_build_form_shows_a_day_as_text_where_the_browser_could_not() -> None:
    typed = {"period.starts_on": ["31/02/2027"], "period.ends_on": ["2027-06-30"]}
    form = build_form(SHAPE, typed, language="en")
    assert not find(form.sections, "period.starts_on").is_day
    assert find(form.sections, "period.ends_on").is_day


def rendered(form: Any) -> str:
    return render_to_string("forms/_boxes.html", {"form": form})


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_box_has_a_label_and_every_reference_its_target(language: str) -> None:
    with override(language):
        page = rendered(built("money.budget", "committee.roles", "market", language=language))
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    labelled = set(re.findall(r'<label for="([^"]+)"', page))
    boxes = re.findall(r'<(?:select|textarea|input)[^>]*\bid="([^"]+)"', page)
    flags = re.findall(r'type="checkbox" id="([^"]+)"', page)
    assert set(boxes) - labelled - set(flags) == set()
    named = {
        one for some in re.findall(r'aria-describedby="([^"]+)"', page) for one in some.split()
    }
    assert named - set(ids) == set()
    assert set(re.findall(r'href="#([^"]+)"', page)) - set(ids) == set()


def test_faulty_box_is_marked_and_described() -> None:
    page = rendered(built("money.budget"))
    box = re.search(r'<input id="f-money-budget"[^>]*>', page)
    assert box is not None
    assert 'aria-invalid="true"' in box[0]
    assert 'aria-describedby="f-money-budget-help f-money-budget-fault"' in box[0]
    assert "It is wrong. It must be right. Mend it." in page


def test_what_was_typed_is_escaped() -> None:
    typed = {
        "advertiser.name": ['"><script>alert(1)</script>'],
        "advertiser.story": ["</textarea>"],
    }
    page = rendered(build_form(SHAPE, typed, language="en"))
    assert "<script>" not in page
    assert page.count("</textarea>") == page.count("<textarea")


def test_help_is_in_the_language_of_the_reader() -> None:
    assert (
        "Dépense maximale en supports" in find(built(language="fr").sections, "money.budget").help
    )


@pytest.mark.parametrize(
    ("language", "name", "label", "help_words"),
    [
        ("en", "committee.quorum_roles", "Roles needed", "Fewest roles that must be reached"),
        ("fr", "committee.quorum_roles", "Rôles nécessaires", "Nombre minimal de rôles"),
        ("en", "committee.base_share", "Chance without advertising", "Chance of approval"),
        ("fr", "committee.base_share", "Chances sans publicité", "Chances d’approbation"),
        ("en", "committee.roles[1].uplift", "Uplift", "How much likelier approval becomes"),
        ("fr", "committee.roles[1].uplift", "Hausse", "De combien l’approbation"),
    ],
)
def test_build_form_names_and_explains_what_the_approval_rules_need(
    language: str, name: str, label: str, help_words: str
) -> None:
    box = find(built(language=language).sections, name)
    assert str(box.label) == label
    assert help_words in str(box.help)
