"""A column of consents in any notation, what it makes of a contact, and what undo leaves."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from signoff.store.imports import ImportReceipt, undo_import
from signoff.store.imports.consents import Answer, read_answer
from signoff.store.register import (
    ADVERTISING,
    Basis,
    Standing,
    current_persons,
    list_consents,
    standing_of,
    withdraw_consent,
)
from signoff.store.workspace import Workspace

Bring = Callable[..., ImportReceipt]
AT = datetime(2026, 11, 24, tzinfo=UTC)
YES, NO = Standing(basis=Basis.CONSENT), Standing(is_refused=True)


def _standings(workspace: Workspace) -> dict[str, Standing]:
    emails = {p.person_id: p.email or "" for p in current_persons(workspace.register)}
    found = standing_of(workspace.register, person_ids=emails)
    return {emails[person_id].partition("@")[0]: said for person_id, said in found.items()}


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Yes", Answer(Basis.CONSENT)),
        ("OUI", Answer(Basis.CONSENT)),
        ("1", Answer(Basis.CONSENT)),
        ("✓", Answer(Basis.CONSENT)),
        ("no", Answer(is_refusal=True)),
        ("Non", Answer(is_refusal=True)),
        ("0", Answer(is_refusal=True)),
        ("", Answer()),
        ("Inconnu", Answer()),
        ("2025-05-06", Answer(Basis.CONSENT, day=date(2025, 5, 6))),
        ("06/05/2025", Answer(Basis.CONSENT, day=date(2025, 5, 6))),
        ("2025-05-06T10:30:00Z", Answer(Basis.CONSENT, day=date(2025, 5, 6))),
        ("5 janvier 2025", Answer(Basis.CONSENT, day=date(2025, 1, 5))),
        ("refusé le 06/05/2025", Answer(is_refusal=True, day=date(2025, 5, 6))),
        ("Legitimate interest \u2013 prospect/lead", Answer(Basis.LEGITIMATE_INTEREST)),
        ("Intérêt légitime", Answer(Basis.LEGITIMATE_INTEREST)),
        ("Performance of a contract", Answer(Basis.CONTRACT)),
        ("\u2705", Answer(Basis.CONSENT)),
        ("\u2611\ufe0f", Answer(Basis.CONSENT)),
        ("\u2717", Answer(is_refusal=True)),
        ("\u2718", Answer(is_refusal=True)),
        ("\u274c", Answer(is_refusal=True)),
        ("\u2612", Answer(is_refusal=True)),
        ("\u2610", Answer(is_refusal=True)),
        ("\u2717 no", Answer(is_refusal=True)),
        ("\u2717 yes", None),
        ("\u2713 \u2717", None),
        ("-", None),
        ("!", None),
        ("\U0001f645", None),
        ("-1", None),
        ("?", Answer()),
        ("no legitimate interest", None),
        ("perhaps", None),
        ("perhaps 2025-05-06", None),
    ],
)
def test_read_answer_knows_every_notation(text: str, answer: Answer | None) -> None:
    assert read_answer(text) == answer


def test_import_a_column_in_three_notations_gives_one_form(
    bring: Bring, workspace: Workspace
) -> None:
    receipt = bring(
        "email,last_name,consent,consent source\n"
        "a@x.example,A,yes,fair\nb@x.example,B,non,\nc@x.example,C,12/05/2025,form\n"
        "d@x.example,D,,\ne@x.example,E,0,\nf@x.example,F,Intérêt légitime,\n"
        "g@x.example,G,perhaps,\nh@x.example,H,2099-01-01,\n",
        "contacts.csv",
        largest_bad_share=1.0,
    )
    assert receipt.n_published == 6
    assert {(fault.line, fault.column) for fault in receipt.faults} == {
        (8, "consent"),
        (9, "consent"),
    }
    assert _standings(workspace) == {
        "a": YES,
        "b": NO,
        "c": YES,
        "e": NO,
        "f": Standing(basis=Basis.LEGITIMATE_INTEREST),
    }
    ids = {p.email: p.person_id for p in current_persons(workspace.register)}
    (given,) = list_consents(workspace.register, person_id=ids["c@x.example"])
    assert (given.purpose, given.source) == (ADVERTISING, "form")
    assert given.given_at.date() == date(2025, 5, 12)
    (refused,) = list_consents(workspace.register, person_id=ids["b@x.example"])
    assert refused.withdrawn_source == f"import {receipt.import_id}"


def test_import_opt_out_and_opt_in_date_columns_are_read(
    bring: Bring, workspace: Workspace
) -> None:
    bring(
        "email,last_name,opt-out,opt-in date\na@x.example,A,yes,2025-01-02\n"
        "b@x.example,B,no,2025-01-02\nc@x.example,C,no,\n",
        "contacts.csv",
    )
    assert _standings(workspace) == {"a": NO, "b": YES}


def test_import_undated_yes_does_not_outweigh_a_withdrawal(
    bring: Bring, workspace: Workspace
) -> None:
    text = "email,last_name,consent\na@x.example,A,{}\n"
    bring(text.format("yes"), "first.csv")
    (person,) = current_persons(workspace.register)
    withdraw_consent(
        workspace.register,
        person_id=person.person_id,
        purpose=ADVERTISING,
        by="ann",
        at=AT,
        source="mail",
    )
    bring(text.format("oui"), "second.csv")
    assert _standings(workspace) == {"a": NO}
    bring(text.format("2025-01-02"), "third.csv")  # an older yes neither
    assert _standings(workspace) == {"a": NO}


def test_undo_takes_the_yes_back_and_keeps_the_no(bring: Bring, workspace: Workspace) -> None:
    known = "email,last_name\na@x.example,A\nb@x.example,B\n"
    bring(known, "known.csv")
    receipt = bring("email,last_name,consent\na@x.example,A,1\nb@x.example,B,0\n", "said.csv")
    assert _standings(workspace) == {"a": YES, "b": NO}
    undo_import(workspace, receipt.import_id, by="ann", at=AT)
    assert _standings(workspace) == {"b": NO}
