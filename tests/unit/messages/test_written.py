"""Messages as somebody wrote them, checked against their formats."""

from typing import Any

import pytest

from signoff.brief import Language, read_brief, starter_brief
from signoff.errors import DataError
from signoff.messages import (
    VenueRef,
    WrittenMessage,
    ad_formats,
    build_house,
    find_message_faults,
    judge_message,
    list_venue_refs,
    message_from,
    write_messages,
)
from signoff.store.engines import duckdb_engine_on
from signoff.units import CommitteeRole, VenueKind

BRIEF = read_brief(starter_brief())


def data(**changes: Any) -> dict[str, Any]:
    """Give a message for a Google search advertisement without faults."""
    parts = [{"part": "headline", "text": text} for text in ("One", "Two", "Three")]
    parts += [{"part": "description", "text": text} for text in ("Four", "Five")]
    kept = {"brief": "spring", "role": "user", "venue": "search", "format": "google_rsa"}
    return {**kept, "language": "en", "parts": parts, **changes}


def places(**changes: Any) -> list[str]:
    return [fault.where for fault in find_message_faults(data(**changes))]


def test_find_message_faults_of_a_message_within_its_limits_finds_none() -> None:
    assert places() == []


def test_find_message_faults_tells_each_text_beyond_its_limit() -> None:
    parts = data()["parts"]
    parts[1] = {"part": "headline", "text": "x" * 31}
    fault = find_message_faults(data(parts=parts))[0]
    assert (fault.where, fault.what) == (
        "parts[2].text",
        "the headline has 31 characters, 1 more than its 30",
    )


def test_find_message_faults_tells_missing_empty_and_strange_parts() -> None:
    parts = data()["parts"]
    assert places(parts=parts[1:]) == ["parts"]
    assert places(parts=[{"part": "headline"}, *parts]) == ["parts[1].text"]
    assert places(parts=[*parts, {"part": "jingle", "text": "la"}]) == ["parts[6].part"]
    many = [{"part": "headline", "text": str(n)} for n in range(16)] + parts[3:]
    assert places(parts=many) == ["parts"]


def test_find_message_faults_tells_faulty_fields_before_it_measures() -> None:
    assert places(format="tiktok") == ["format"]
    assert places(role="boss") == ["role"]
    assert places(brief="", note="ask jo@firm.example") == ["brief", "note"]
    assert places(parts=[]) == ["parts"]
    assert find_message_faults({}) != ()


def test_judge_message_tells_what_is_long_and_counts_words_where_words_count() -> None:
    parts = [
        {"part": "introduction", "text": "x" * 151},
        {"part": "headline", "text": "y" * 201},
        {"part": "description", "text": " "},
    ]
    message = WrittenMessage.model_validate(data(format="linkedin_single_image", parts=parts))
    assert [part.verdict for part in judge_message(message)] == ["long", "over", "missing"]


@pytest.mark.parametrize("kind", list(VenueKind))
def test_message_from_the_house_has_no_fault_but_what_the_house_lacks(kind: VenueKind) -> None:
    house = build_house(BRIEF)
    venue = VenueRef("v", "A venue", kind)
    for made in write_messages(house, roles=[CommitteeRole.USER], venues=[venue]).messages:
        written = message_from(made, brief="spring", language=Language.EN)
        faults = find_message_faults(written.model_dump(mode="json"))
        assert bool(faults) == bool(made.faults)
        assert [part.text for part in written.parts] == [part.text for part in made.parts]
        known = {rule.name for rule in ad_formats()[written.format].parts}
        assert {part.part for part in written.parts} <= known


def test_list_venue_refs_of_an_unknown_kind_names_it() -> None:
    rows = [{"venue_id": "x", "name": "X", "kind": "zeppelin"}]
    with duckdb_engine_on({"venue": rows}) as engine, pytest.raises(DataError, match="zeppelin"):
        list_venue_refs(engine)
