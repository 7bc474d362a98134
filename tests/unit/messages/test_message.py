"""One message per role and venue."""

from collections.abc import Callable
from typing import Any

import pytest
from pydantic import TypeAdapter

from signoff.brief import Brief, Language
from signoff.errors import BriefError, DataError
from signoff.messages import (
    Message,
    MessagePlan,
    PartRule,
    VenueRef,
    build_house,
    write_messages,
)
from signoff.messages.copywriting import Copy, wordings
from signoff.units import CommitteeRole, VenueKind

Changed = Callable[[dict[str, Any]], Brief]
LINKEDIN = VenueRef("li", "LinkedIn", VenueKind.SOCIAL)
GOOGLE = VenueRef("google", "Google Ads", VenueKind.SEARCH)
USER = CommitteeRole.USER


def one(brief: Brief, venue: VenueRef, role: CommitteeRole = USER) -> Message:
    return write_messages(build_house(brief), roles=[role], venues=[venue]).messages[0]


def test_write_messages_gives_one_for_each_role_and_venue(brief: Brief) -> None:
    roles = [role.role for role in brief.committee.roles]
    venues = [VenueRef(kind.value, kind.value, kind) for kind in VenueKind]
    plan = write_messages(build_house(brief), roles=roles, venues=venues)
    pairs = {(message.role, message.venue_id) for message in plan.messages}
    assert len(plan.messages) == len(pairs) == len(roles) * len(venues)
    assert plan.faults == ()


def test_write_messages_tells_gain_amount_proof_and_call(brief: Brief) -> None:
    introduction, headline, description = one(brief, LINKEDIN).parts
    assert introduction.text == (
        "Short of time? Hand over the month end: save 3 days per month. "
        "Measured at 14 clients in 2025."
    )
    assert headline.text == "Hand over the month end: save 3 days per month"
    assert description.text == "Ask how it works: www.example.com"


def test_write_messages_speaks_to_each_role_differently(brief: Brief) -> None:
    user, decider = (one(brief, LINKEDIN, role) for role in (USER, CommitteeRole.DECIDER))
    assert user.parts[0].text != decider.parts[0].text
    assert decider.parts[2].text.startswith("Talk to us")


def test_write_messages_for_search_gives_distinct_headlines(brief: Brief) -> None:
    parts = one(brief, GOOGLE).parts
    headlines = [part.text for part in parts if part.name.startswith("headline")]
    descriptions = [part.text for part in parts if part.name.startswith("description")]
    assert 3 <= len(headlines) == len(set(headlines)) <= 15
    assert 2 <= len(descriptions) == len(set(descriptions)) <= 4
    assert not any(one in other for one in headlines for other in headlines if one != other)


def test_write_messages_in_french_is_french(french_brief: Brief) -> None:
    introduction = one(french_brief, LINKEDIN, CommitteeRole.PURCHASER).parts[0].text
    assert introduction.replace("\u00a0", " ") == (
        "Vous comparez les offres ? Divisez par deux vos remplacements : économisez 12 000 € "
        "par an. Mesuré au CHU de Rennes en 2025."
    )


def test_write_messages_without_any_gain_describes_the_offering(changed: Changed) -> None:
    only = [{"kind": "growth", "claim": "grow", "roles": ["decider"]}]
    brief = changed({"message": {"propositions": only}})
    for venue in (LINKEDIN, GOOGLE, VenueRef("r", "Radio", VenueKind.RADIO)):
        message = one(brief, venue)
        assert message.faults == ()
        assert "Payroll Desk" in " ".join(part.text for part in message.parts)


def test_write_messages_that_cannot_fit_says_which_words_and_by_how_much(
    changed: Changed,
) -> None:
    rule = PartRule("headline", "headline", 5)
    brief = changed({"advertiser": {"name": "Exampleland"}, "message": {"features": []}})
    venue = VenueRef("tiny", "Tiny", VenueKind.NEWSPAPER, house_rules=(rule,))
    message = one(brief, venue)
    assert [part.verdict for part in message.parts] == ["missing"]
    assert message.parts[0].text == ""
    (fault,) = message.faults
    assert fault.why == "the shortest wording left, 'Exampleland', is 6 characters too long"
    assert fault.where == "user, tiny"


def test_write_messages_with_too_few_words_says_so(changed: Changed) -> None:
    rule = PartRule("button", "button", 40, least=2, most=3)
    venue = VenueRef("chat", "Chat", VenueKind.OTHER, house_rules=(rule,))
    message = one(changed({}), venue)
    assert [part.verdict for part in message.parts] == ["fits", "missing"]
    assert "too few" in message.faults[0].why


def test_write_messages_beyond_advised_length_warns(changed: Changed) -> None:
    long = {
        "kind": "quality",
        "claim": "every single payslip is checked by two people before it goes out to anybody",
        "proof": "Audited in 2025 by the chartered accountants of the trade association.",
    }
    message = one(changed({"message": {"propositions": [long]}}), LINKEDIN)
    assert message.parts[1].verdict == "long"
    assert message.faults == ()
    assert "more than advised" in message.warnings[0].what


def test_write_messages_drops_story_before_proof_and_proof_before_gain(brief: Brief) -> None:
    def text(limit: int) -> str:
        rule = PartRule("text", "paragraph", limit)
        return one(brief, VenueRef("v", "V", VenueKind.OTHER, house_rules=(rule,))).parts[0].text

    assert "Measured" in text(120)
    assert "one named contact" not in text(120)
    assert "Measured" not in text(60)
    assert "3 days" in text(60)


def test_write_messages_in_another_language_cautions(brief: Brief) -> None:
    plan = write_messages(build_house(brief), roles=[USER], venues=[LINKEDIN], language="fr")
    assert plan.language == Language.FR
    assert "traduisez" in plan.cautions[0]


def test_write_messages_for_a_stranger_raises(brief: Brief) -> None:
    with pytest.raises(BriefError, match="gatekeeper"):
        write_messages(build_house(brief), roles=[CommitteeRole.GATEKEEPER], venues=[LINKEDIN])


def test_write_messages_says_what_the_limits_rest_on(brief: Brief) -> None:
    assert one(brief, LINKEDIN).basis == "published"
    assert one(brief, LINKEDIN).source.startswith("https://")
    assert one(brief, VenueRef("w", "Weekly", VenueKind.NEWSPAPER)).basis == "assumption"


def test_write_messages_through_json_is_equal(brief: Brief) -> None:
    plan = write_messages(build_house(brief), roles=[USER], venues=[LINKEDIN, GOOGLE])
    adapter = TypeAdapter(MessagePlan)
    assert adapter.validate_json(adapter.dump_json(plan)) == plan
    assert len(plan.rows()) == sum(len(message.parts) for message in plan.messages)
    assert plan.warnings == ()


def test_wordings_of_unknown_use_raises(brief: Brief) -> None:
    house = build_house(brief)
    with pytest.raises(DataError, match="nothing is written"):
        wordings("banner", copy=Copy(house, house.roles[0], Language.EN))
