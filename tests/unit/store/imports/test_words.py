"""Spellings of closed lists, and how faults are worded."""

from collections.abc import Callable

import pytest

from signoff.store.formats import SourceColumn
from signoff.store.formats.plain.words import RELATIONSHIPS, STAGES
from signoff.store.imports import ImportReceipt
from signoff.store.imports.plan import Cell
from signoff.store.imports.target import TARGETS
from signoff.store.imports.words import Meaning, Mended, meaning_of

Bring = Callable[..., ImportReceipt]


def _cell(table: str, field: str, means: SourceColumn | None = None) -> Cell:
    return Cell(
        TARGETS[table].field(field), field, f"c_{field}", means or SourceColumn(field, (field,))
    )


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("client", Meaning("client")),
        ("CLIENT", Meaning("client")),
        ("Ancien client", Meaning("lost")),
        ("Customer", Meaning("client")),
        ("friend", Meaning(None, is_known=False)),
    ],
)
def test_meaning_of_relationship(text: str, meaning: Meaning) -> None:
    column = SourceColumn("relationship", ("relationship",), translate=RELATIONSHIPS)
    assert meaning_of(_cell("account", "relationship", column), text) == meaning


def test_meaning_of_a_word_translated_to_nothing_is_empty_and_no_fault() -> None:
    column = SourceColumn("relationship", ("Type",), translate={"other": ""})
    found = meaning_of(_cell("account", "relationship", column), "Other")
    assert found == Meaning(None, is_known=True)


def test_meaning_of_a_stage_nobody_knows_is_open() -> None:
    column = SourceColumn("stage", ("stage",), translate=STAGES, otherwise="open")
    cell = _cell("opportunity", "stage", column)
    found = [meaning_of(cell, text).value for text in ("Fermée gagnée", "Closed Lost", "Demo")]
    assert found == ["won", "lost", "open"]


def test_meaning_of_kind_takes_spaces_and_hyphens_for_underscores() -> None:
    cell = _cell("account", "kind")
    assert [meaning_of(cell, text).value for text in ("Public body", "public-body")] == [
        "public_body",
        "public_body",
    ]


def test_meaning_of_role_star_means_all() -> None:
    assert meaning_of(_cell("venue_audience", "role"), "*").value == "*"


def test_mended_says_what_was_read_as_what() -> None:
    assert Mended("sector", "technolgy", "technology", 12).text() == (
        "sector: 'technolgy' was read as 'technology' in 12 rows"
    )


def test_faults_say_what_is_expected(bring: Bring) -> None:
    receipt = bring(
        "name,domain,kind,employees,founded year,currency,revenue\n"
        "A,not a domain,shop,many,900,EURO,lots\n" + "".join(f"B{n},,,,,,\n" for n in range(3))
    )
    reasons = {fault.column: fault.reason for fault in receipt.faults}
    assert reasons["domain"] == "it is not a web domain"
    assert reasons["kind"].startswith("it is not one of: company, manufacturer, school")
    assert reasons["employees"].startswith("it is not a whole number")
    assert reasons["founded year"] == "it must be at least 1000 and at most 2200"
    assert reasons["currency"] == "it is not an ISO 4217 code of three letters"
    assert reasons["revenue"].startswith("it is not an amount")
    assert "line 2, domain: 'not a domain': it is not a web domain" in receipt.text()


def test_currency_that_nobody_states_is_the_workspace_s_and_is_said(bring: Bring) -> None:
    receipt = bring("name,revenue\nA,5.00\n")
    assert "revenue is taken to be in EUR." in receipt.notes


def test_basis_that_nobody_states_is_an_assumption_and_is_said(bring: Bring) -> None:
    receipt = bring(
        "venue_id,role,reach_share,reach_low_share,reach_high_share\nv,user,10%,5%,20%\n"
    )
    assert any("prior (an assumption)" in note for note in receipt.notes)
