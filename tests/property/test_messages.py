"""Properties of messages: no limit is passed, no word is cut, nothing is invented."""

import re
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from signoff.brief import Brief, PropositionKind, read_brief, starter_brief
from signoff.messages import VenueRef, ad_formats, build_house, write_messages
from signoff.messages.formats import text_length
from signoff.units import CommitteeRole, VenueKind

START = read_brief(starter_brief()).model_dump()
WORDS = st.text("abcdefghijklmnopqrstuvwxyzéàç", min_size=1, max_size=14)
PHRASES = st.lists(WORDS, min_size=1, max_size=18).map(" ".join)
ROLES = tuple(role["role"] for role in START["committee"]["roles"])
VENUES = [VenueRef(name, name, VenueKind.OTHER, format=name) for name in ad_formats()]


@st.composite
def propositions(draw: st.DrawFn) -> dict[str, Any]:
    amount = draw(st.none() | st.integers(1, 10**7))
    return {
        "kind": draw(st.sampled_from(list(PropositionKind))),
        "claim": draw(PHRASES),
        "amount": amount,
        "unit": None if amount is None else draw(st.sampled_from(["EUR", "%", "hours"])),
        "proof": draw(PHRASES),
        "roles": draw(st.lists(st.sampled_from(ROLES), unique=True, max_size=2)),
    }


@st.composite
def briefs(draw: st.DrawFn) -> Brief:
    message = {
        "values": draw(st.lists(PHRASES, max_size=2)),
        "features": draw(st.lists(PHRASES, max_size=4)),
        "propositions": draw(st.lists(propositions(), min_size=1, max_size=4)),
    }
    offering = {**START["offering"], "name": draw(PHRASES), "description": draw(PHRASES)}
    language = draw(st.sampled_from(["en", "fr"]))
    changes = {"message": message, "offering": offering, "language": language}
    return Brief.model_validate({**START, **changes})


@given(briefs())
@settings(max_examples=25, deadline=None)
def test_no_text_passes_its_limit_and_all_is_accounted_for(brief: Brief) -> None:
    plan = write_messages(build_house(brief), roles=ROLES, venues=VENUES)
    for message in plan.messages:
        for part in message.parts:
            length = text_length(part.text, unit=part.unit)
            assert length == part.length <= part.limit
            assert (part.verdict == "missing") == (part.text == "")
        missing = sum(part.verdict == "missing" for part in message.parts)
        assert len(message.faults) == missing


@given(briefs())
@settings(max_examples=15, deadline=None)
def test_no_word_of_the_brief_is_cut(brief: Brief) -> None:
    known = set(_words(str(brief.model_dump())))
    plan = write_messages(build_house(brief), roles=[CommitteeRole.USER], venues=VENUES)
    for message in plan.messages:
        for part in message.parts:
            strangers = set(_words(part.text)) - known - CATALOGUE
            assert not strangers


def _words(text: str) -> list[str]:
    return re.findall(r"[a-zéàçêôè]{5,}", text.casefold())


def _catalogue() -> set[str]:
    from importlib import resources

    folder = resources.files("signoff.messages") / "data"
    names = ("phrases.toml", "objections.toml")
    texts = [(folder / name).read_text(encoding="utf-8") for name in names]
    return set(_words(" ".join([*texts, "Gagnez Économisez hours"])))


CATALOGUE = _catalogue()
