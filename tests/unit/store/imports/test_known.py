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
