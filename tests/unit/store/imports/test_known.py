"""What a file's references mean: names that differ from an account's in their legal form alone."""

from collections.abc import Callable
from typing import Any

import pytest

from signoff.store.imports import ImportReceipt

Bring = Callable[..., ImportReceipt]
ACCOUNTS = "external_id,name\nA1,Müller & Söhne GmbH\nA2,Bolt SAS\nA3,Bolt Ltd\nA4,&&\n"


def _names(lake_rows: Callable[[str], Any]) -> list[tuple[str, str | None]]:
    return lake_rows(
        "SELECT o.external_id, a.name FROM lake.opportunity AS o "
        "LEFT JOIN lake.account AS a USING (account_id) ORDER BY 1"
    )


@pytest.mark.parametrize("written", ["Muller & Sohne", "MÜLLER & SÖHNE G.m.b.H.", "müller söhne"])
def test_name_without_its_legal_form_means_the_account(
    bring: Bring, lake_rows: Callable[[str], Any], written: str
) -> None:
    bring(ACCOUNTS, "accounts.csv")
    receipt = bring(f"deal_id,account name,stage\nD1,{written},won\n")
    assert receipt.faults == ()
    assert _names(lake_rows) == [("D1", "Müller & Söhne GmbH")]


def test_name_that_several_accounts_share_is_given_back_unless_one_has_it_to_the_letter(
    bring: Bring, lake_rows: Callable[[str], Any]
) -> None:
    bring(ACCOUNTS, "accounts.csv")
    receipt = bring(
        "deal_id,account name,stage\nD1,Bolt,won\nD2,BOLT SAS,won\nD3,??,won\nD4,bolt ltd,won\n"
        "D5,Bolt SAS,lost\n"
    )
    assert [(fault.line, fault.kind) for fault in receipt.faults] == [
        (2, "ambiguous_account"),
        (4, "unknown_account"),
    ]
    assert _names(lake_rows) == [("D2", "Bolt SAS"), ("D4", "Bolt Ltd"), ("D5", "Bolt SAS")]


def test_mail_domain_tells_the_account_of_an_event_but_free_mail_tells_none(
    bring: Bring, lake_rows: Callable[[str], Any]
) -> None:
    bring(
        "external_id,name,domain\nA1,Acme,acme.co.uk\nA2,Gee,gmail.com\nA3,Shop,shop.bolt.fr\n"
        "A4,Bolt,bolt.fr\nA5,Twin,twin.example\nA6,Twin Two,twin.example\n",
        "accounts.csv",
    )
    receipt = bring(
        "event_id,occurred_at,kind,email\n"
        "1,2026-01-05 09:00,form,ann@acme.co.uk\n2,2026-01-05 09:00,form,bo@paris.acme.co.uk\n"
        "3,2026-01-05 09:00,form,cy@gmail.com\n4,2026-01-05 09:00,form,di@shop.bolt.fr\n"
        "5,2026-01-05 09:00,form,ed@twin.example\n6,2026-01-05 09:00,form,fy@nowhere.example\n",
        table="event",
    )
    assert receipt.faults == ()
    found = lake_rows(
        "SELECT a.name, count(*) FROM lake.event AS e "
        "LEFT JOIN lake.account AS a USING (account_id) GROUP BY a.name ORDER BY a.name NULLS LAST"
    )
    assert found == [("Acme", 2), ("Shop", 1), (None, 3)]
