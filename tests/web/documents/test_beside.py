"""The forecast beside the form of a brief."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from signoff.app.web.place import lake_engine
from signoff.audience import list_market_account_ids, select_market
from signoff.audience.blocked import ACCOUNT_NAMES
from signoff.brief import NeverContact, read_brief, starter_brief
from signoff.store.register import SuppressionKind, lift_suppression, suppress
from signoff.store.workspace import Workspace

pytestmark = pytest.mark.django_db

BESIDE = "/documents/beside/spring"


def test_beside_counts_the_market_as_it_stands_in_the_form(
    filled_workspace: Workspace, client_of: Callable[..., Any], sent: Any
) -> None:
    client = client_of()
    page = client.post(BESIDE, sent()).content.decode()
    assert "accounts in the market" in page
    assert "No proof is given for" in page
    narrow = client.post(BESIDE, sent({"market.employees_min": "1000"})).content.decode()
    assert "Fewer than 300 people" in narrow
    empty = client.post(BESIDE, sent({"market.countries": "NZ"})).content.decode()
    assert "No account belongs to the market of the brief" in empty


def test_beside_of_a_faulty_market_waits_and_of_other_faults_counts_all_the_same(
    filled_workspace: Workspace, client_of: Callable[..., Any], sent: Any
) -> None:
    client = client_of(language="fr")
    page = client.post(
        BESIDE, sent({"market.countries": "Wonderland"}, language="fr")
    ).content.decode()
    assert "sera dénombré dès que" in page
    page = client.post(BESIDE, sent({"money.budget": "?"}, language="fr")).content.decode()
    assert "comptes dans le marché" in page
    assert "1 point à corriger" in page


def test_check_without_scripts_counts_the_market_in_the_page(
    filled_workspace: Workspace, client_of: Callable[..., Any], sent: Any
) -> None:
    page = client_of().post("/documents/edit/brief/spring", sent(act="check", base_version=0))
    assert "accounts in the market" in page.content.decode()


def test_beside_leaves_out_whoever_is_suppressed_from_that_moment_on(
    filled_workspace: Workspace, client_of: Callable[..., Any], sent: Any
) -> None:
    client = client_of()

    def in_market() -> int:
        page = client.post(BESIDE, sent()).content.decode()
        return int(page.split(" accounts in the market")[0].rsplit('"', 1)[1])

    before = in_market()
    with lake_engine() as engine:
        chosen = select_market(
            engine,
            market=read_brief(starter_brief()).market,
            never=NeverContact(),
            suppressed_account_ids=(),
        )
        first = list_market_account_ids(engine)[0]
        names = {row["account_id"]: row["name"] for row in engine.rows(ACCOUNT_NAMES)}
    assert chosen.n_market == before
    entry = suppress(
        filled_workspace,
        kind=SuppressionKind.COMPANY,
        value=names[first],
        reason="",
        by="ann",
        at=datetime(2026, 11, 3, tzinfo=UTC),
    )
    assert in_market() == before - 1
    assert in_market() == before - 1
    lift_suppression(
        filled_workspace,
        kind=entry.mark.kind,
        value=names[first],
        by="ann",
        at=datetime(2026, 11, 4, tzinfo=UTC),
    )
    assert in_market() == before
