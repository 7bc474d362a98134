"""Nothing is said in English alone: sentences, meanings of fields and columns, closed words."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from importlib.resources import files
from types import ModuleType
from typing import Any

import pytest
from pydantic import BaseModel

from signoff.app.translation import is_foreign, translate, translate_word
from signoff.app.translation.catalog import read_catalog
from signoff.app.translation.message import french_of
from signoff.app.translation.template import ENGLISH_PLACE, FRENCH_PLACE
from signoff.audience import ApprovalEvent, make_approval_log, study_durations

DATA = files("signoff.app.translation").joinpath("data", "fr")
# These are found otherwise, each by a test below.
NOT_HEARD = ("foreign.toml", "meanings.toml", "unheard.toml")
FORM = re.compile(
    r"|number|as written|message|list|message list|(list|word) (?P<family>[\w,]+)|[^{}]*\|[^{}]*"
)

# What is said somewhere and cannot be told from the source, by file and function, and why it
# needs no French of its own.
UNRESOLVED = {
    "app/cli/audience/people.py:suppress": "the reason that a person types",
    "app/cli/failure.py:report_bug": "what Python says",
    "app/cli/health.py:_extras": "names of packages and their versions",
    "app/cli/health.py:_libraries": "names of packages and their versions",
    "app/web/forms/boxes.py:text": "what a person typed into a form",
    "app/web/imports/receiving.py:refuse_unreceived": "heard where an upload is skipped",
    "app/web/upkeep/persons.py:suppress_value": "the reason that a person types",
    "audience/fit/deals.py:_report": "a reason by its code; FIT_REASONS below",
    "audience/matching/review.py:list_likely_pairs": "reasons of links; heard at describe_link()",
    "audience/matching/tables.py:read_decision_rows": "faults heard where they are made",
    "brief/faults.py:_translate": "what sections refuse; heard at refuse()",
    "brief/syntax.py:_syntax_fault": "what Python's reader of TOML says",
    "errors.py:__init__": "the error itself; heard where it is raised",
    "messages/formats.py:_format": "notes of ad formats: words of the family ad_note",
    "messages/house.py:text": "the brief's own words",
    "plan/cautions.py:list_cautions": "said in the brief's language",
    "report/explanation.py:explain_number": "said in the report's language",
    "store/exports/receipt.py:_reasons": "why somebody does not leave; Reason below",
    "store/exports/refusals.py:find_refusal": "why somebody does not leave; Reason below",
    "store/imports/detect.py:_ignored": "heard where formats are declared",
    "store/imports/detect.py:text": "headings of a file and names of columns",
    "store/imports/receipt.py:text": "headings and reasons heard where formats are declared",
    "store/lake/bucket.py:storage_fault": "what the object storage says",
    "store/lake/session.py:_not_opened": "what DuckDB says",
    "store/privacy/erasure.py:text": "files and what was done to them; SCRUBBED below",
    "store/register/suppression.py:suppress": "the reason that a person types",
    "venues/terms/contradiction.py:refuse_contradictions": "names of limits with their amounts",
    "venues/package_lines.py:_line": "said in the brief's language",
    "venues/exposures/plan.py:_cautions": "roles with numbers of cells; heard as one list",
}


def parsed() -> Iterator[tuple[str, dict[str, Any]]]:
    for file in sorted(DATA.iterdir(), key=lambda one: one.name):
        yield file.name, tomllib.loads(file.read_text("utf-8"))


def pairs() -> list[tuple[str, str]]:
    return [pair for _, data in parsed() for pair in data.get("messages", {}).items()]


def test_every_message_has_french(messages: ModuleType, scan: Any) -> None:
    lacking = [
        f"{said[0].at}: {key}" for key, said in scan.said.items() if not messages.is_covered(key)
    ]
    assert lacking == [], "write their French: python scripts/list_messages.py"


def test_what_cannot_be_read_from_the_source_is_explained(scan: Any) -> None:
    found = {place: sources for place, sources in scan.unresolved.items() if sources}
    unexplained = {place: found[place] for place in found.keys() - UNRESOLVED.keys()}
    assert unexplained == {}
    assert UNRESOLVED.keys() - found.keys() == set()


def test_no_french_is_kept_that_nobody_says(messages: ModuleType, scan: Any) -> None:
    elsewhere = {
        key for name, data in parsed() if name in NOT_HEARD for key in data.get("messages", {})
    }
    stale = [key for key in messages.find_stale(set(scan.said)) if key not in elsewhere]
    assert stale == []


def test_a_sentence_stands_in_one_file() -> None:
    counts = Counter(english for english, _ in pairs())
    assert [english for english, count in counts.items() if count > 1] == []


def faults_of(english: str, french: str) -> Iterator[str]:
    wanted = [int(mark[1]) for mark in ENGLISH_PLACE.finditer(english) if mark[1]]
    places = [(int(m[1]), m[2] or "") for m in FRENCH_PLACE.finditer(french) if m[1]]
    if wanted != list(range(len(wanted))):
        yield "places of English are numbered from the left"
    if not {place for place, _ in places} <= set(wanted):
        yield "French fills a place that English has not"
    if {place for place, form in places if "|" not in form} != set(wanted):
        yield "French leaves a place out"
    for _, form in places:
        known = FORM.fullmatch(form)
        families = set(filter(None, ((known and known["family"]) or "").split(",")))
        if not known or not families <= read_catalog().words.keys():
            yield f"there is no form {form}"


def test_french_fills_the_places_of_english() -> None:
    # what pydantic says of a date's letters, and the like, is left out on purpose
    elsewhere = dict(next(data["messages"] for name, data in parsed() if name == "foreign.toml"))
    found = {
        english: list(faults_of(english, french))
        for english, french in pairs()
        if english not in elsewhere
    }
    assert {english: faults for english, faults in found.items() if faults} == {}


def test_french_is_set_as_french() -> None:
    code = re.compile(r"`[^`]*`|'[^']*'|\"[^\"]*\"|https?://\S*|\{[^}]*\}")
    wrong = re.compile(r"[a-zà-ÿ]'[a-zà-ÿ]|[^\s«(\u00a0][;?!»]|«\S|\.\.\.")
    assert [french for _, french in pairs() if wrong.search(code.sub("", french))] == []


def test_two_templates_fit_no_sentence_equally_well(messages: ModuleType, scan: Any) -> None:
    templates = read_catalog().templates
    ambiguous = []
    for key in scan.said:
        example = messages.example_of(key)
        fitting = sorted((t.rank for t in templates if t.match(example) is not None), reverse=True)
        if len(fitting) > 1 and fitting[0] == fitting[1]:
            ambiguous.append(key)
    assert ambiguous == []


def descriptions(model: type[BaseModel]) -> Iterator[str]:
    from signoff.brief.section import Section

    for field in model.model_fields.values():
        yield " ".join((field.description or "").split())
        for part in (field.annotation, *getattr(field.annotation, "__args__", ())):
            if isinstance(part, type) and issubclass(part, Section):
                yield from descriptions(part)


def test_every_field_of_the_brief_has_its_meaning_in_french() -> None:
    from signoff.brief.model import Brief

    told = {text.rstrip(".") for text in descriptions(Brief) if text}
    assert len(told) > 40
    assert [text for text in told if is_foreign(text, language="fr")] == []


def test_every_column_has_its_meaning_in_french() -> None:
    from signoff.store.imports.target import TARGETS
    from signoff.store.schemas import LAKE_TABLES

    tables = {*LAKE_TABLES.values(), *(target.table for target in TARGETS.values())}
    columns = {column.meaning for table in tables for column in table.columns}
    columns |= {field.column.meaning for target in TARGETS.values() for field in target.fields}
    assert [text for text in columns if is_foreign(text, language="fr")] == []
    words = read_catalog().words
    assert {table.name for table in tables} | TARGETS.keys() <= words["table"].keys()
    assert {table.grain.removeprefix("one ") for table in tables} <= words["grain"].keys()


def test_every_format_has_its_name_in_french() -> None:
    from signoff.messages.formats import ad_formats
    from signoff.store.formats import FORMATS

    words = read_catalog().words
    assert {form.title for form in FORMATS.values()} <= words["format"].keys()
    formats = ad_formats().values()
    assert {form.name for form in formats} <= words["ad_format"].keys()
    assert {form.note for form in formats if form.note} <= words["ad_note"].keys()
    assert {part.name for form in formats for part in form.parts} <= words["ad_part"].keys()


def closed_vocabularies() -> dict[str, type[StrEnum]]:
    from signoff import units
    from signoff.app.jobs.view import JobState
    from signoff.brief.committee import ApprovalRule
    from signoff.brief.offer import PropositionKind
    from signoff.store.exports import Platform
    from signoff.store.register.consent import Basis
    from signoff.store.register.ledger import ImportState
    from signoff.store.register.suppression import SuppressionKind

    return {
        "objective": units.Objective,
        "offering_kind": units.OfferingKind,
        "buying_class": units.BuyingClass,
        "organisation_kind": units.OrganisationKind,
        "relationship": units.Relationship,
        "supply_chain_place": units.SupplyChainPlace,
        "role": units.CommitteeRole,
        "function": units.Function,
        "level": units.Level,
        "venue_kind": units.VenueKind,
        "rule": ApprovalRule,
        "proposition_kind": PropositionKind,
        "platform": Platform,
        "basis_of_consent": Basis,
        "state": ImportState,
        "action": ImportState,
        "suppression": SuppressionKind,
        "job_state": JobState,
    }


@pytest.mark.parametrize("family", closed_vocabularies())
def test_every_word_of_a_closed_vocabulary_has_french(family: str) -> None:
    members = {str(member.value) for member in closed_vocabularies()[family]}
    assert members <= read_catalog().words[family].keys()


def test_words_of_the_report_are_the_same_here() -> None:
    from signoff.report.wording import read_catalog as read_report

    texts = read_report("fr").texts
    shared = ("role", "relationship", "venue_kind", "unit", "basis", "length_unit", "verdict")
    here = read_catalog().words
    differing = {
        f"{family}.{word}"
        for family in (*shared, "limit_basis")
        for word, french in here[family].items()
        if texts.get(f"{family}.{word}", french) != french
    }
    assert differing == set()


def test_every_act_of_the_audit_trail_has_french(scan: Any) -> None:
    words = read_catalog().words
    assert scan.acts <= words["action"].keys()
    assert scan.objects <= words["object_kind"].keys()


def test_every_step_of_progress_has_french(scan: Any) -> None:
    assert scan.steps <= read_catalog().words["progress"].keys()


FIT_COUNTS = {"n_deals": 150, "n_needed": 200, "n_won": 3, "n_lost": 4, "n_accounts": 1}


def test_every_reason_of_the_fit_has_french() -> None:
    from signoff.audience.fit.reason import WORDS

    told = [text.format(**FIT_COUNTS) for text in WORDS["en"].values()]
    assert [text for text in told if is_foreign(text, language="fr")] == []


def test_every_note_on_an_approval_log_has_french() -> None:
    at = datetime(2026, 1, 5, 9, tzinfo=UTC)
    rows = [
        ("1", "submitted", 0),
        ("1", "approved", 1),
        ("2", "submitted", 1),
        ("2", "approved", 2),
    ]
    rows += [rows[0], ("3", "approved", 3)]
    events = [ApprovalEvent(case, act, at + timedelta(days=day)) for case, act, day in rows]
    notes = study_durations(make_approval_log(events, now=at + timedelta(days=9))).notes
    assert len(notes) >= 4
    assert [note for note in notes if is_foreign(note, language="fr")] == []


def test_every_gap_of_a_message_house_has_french() -> None:
    from signoff.messages.wording import phrase

    told = {"claim": "Save 3 days", "kinds": "risk, quality", "role": "decider"}
    keys = ("no_proof", "no_answer", "no_proposition", "no_features", "no_values", "no_story")
    gaps = [phrase(key, told, language="en") for key in keys]
    assert [gap for gap in gaps if is_foreign(gap, language="fr")] == []


def test_every_reason_to_leave_somebody_out_of_a_list_has_french() -> None:
    from signoff.store.exports import Reason
    from signoff.store.exports.refusals import WORDS

    told = [*map(str, Reason), *WORDS.values()]
    assert [text for text in told if is_foreign(text, language="fr")] == []


@pytest.mark.parametrize(
    "text",
    [
        "backups/a.zip: rows removed (3)",
        "exports/list.csv: deleted",
        "rejected/a.csv: rewritten (1,234)",
        "table documents_draft: mentions taken out (1)",
        "table workflow_status: kept, though it mentions one of them (2)",
        "old.db: kept, though it mentions one of them",
        "No account has: region Bretagne, city Lyon, industry naics:51; check the spelling.",
    ],
)
def test_what_is_not_heard_has_french(text: str) -> None:
    assert french_of(text).foreign == ()


def test_translate_word_without_french_stays_readable() -> None:
    assert translate_word("no_such_word", family="role", language="fr") == "no such word"
    assert translate_word("trade_title", family="venue_kind", language="en") == "trade title"


def test_translate_own_refusal_is_french() -> None:
    assert translate("nothing is said in 'de'", language="fr").startswith("rien ne se dit en")
