"""The queue of review: what waits, what is answered, who may answer."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from signoff.audience import account_names
from signoff.store.lake import duckdb_engine
from signoff.store.merges import keep_pairs, list_pair_answers
from signoff.store.register import SuppressionKind, suppress
from signoff.store.workspace import Workspace

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 27, tzinfo=UTC)
Pair = tuple[str, str]


@pytest.fixture
def pair(filled_workspace: Workspace) -> Pair:
    """Give two accounts that a search has found alike."""
    with duckdb_engine(filled_workspace) as engine:
        one, other = sorted(account_names(engine))[:2]
    found = {
        "account_id": one,
        "other_account_id": other,
        "confidence_share": 0.97,
        "reason": "the same web domain",
    }
    keep_pairs(filled_workspace, [found], by="ann", at=AT)
    return one, other


def _names(workspace: Workspace) -> dict[str, str]:
    with duckdb_engine(workspace) as engine:
        return account_names(engine)


def test_show_duplicates_lists_the_pair_and_offers_to_merge(
    client_of: Callable[..., Client], filled_workspace: Workspace, pair: Pair
) -> None:
    page = client_of("planner").get(reverse("audience:duplicates")).content.decode()
    for account_id in pair:
        assert _names(filled_workspace)[account_id] in page
    assert reverse("audience:answer", args=[*pair, "same"]) in page
    assert "97" in page
    seen = client_of("viewer").get(reverse("audience:duplicates")).content.decode()
    assert reverse("audience:answer", args=[*pair, "same"]) not in seen


@pytest.mark.parametrize(("answer", "n_gone"), [("same", 1), ("different", 0)])
def test_answer_duplicate_takes_the_pair_out_of_the_queue(
    client_of: Callable[..., Client],
    filled_workspace: Workspace,
    pair: Pair,
    answer: str,
    n_gone: int,
) -> None:
    client, before = client_of("planner"), len(_names(filled_workspace))
    done = client.post(reverse("audience:answer", args=[*pair, answer]), follow=True)
    assert done.status_code == 200
    assert len(_names(filled_workspace)) == before - n_gone
    assert "To judge (0)" in done.content.decode()
    answers = client.get(reverse("audience:duplicates") + "?part=answers").content.decode()
    assert "the same web domain" in answers


def test_take_answer_back_brings_the_account_back(
    client_of: Callable[..., Client], filled_workspace: Workspace, pair: Pair
) -> None:
    client, before = client_of("planner"), _names(filled_workspace)
    client.post(reverse("audience:answer", args=[*pair, "same"]))
    kept = next(account for account in pair if account in _names(filled_workspace))
    shown = client.get(reverse("audience:account", args=[kept])).content.decode()
    assert "Records it was merged from" in shown
    number = list_pair_answers(filled_workspace)[0].decision_id
    client.post(reverse("audience:take_back", args=[number]))
    assert _names(filled_workspace) == before
    waiting = client.get(reverse("audience:duplicates")).content.decode()
    assert "To judge (1)" in waiting


def test_merge_sure_merges_pairs_above_the_likeness_alone(
    client_of: Callable[..., Client], filled_workspace: Workspace, pair: Pair
) -> None:
    client, before = client_of("planner"), len(_names(filled_workspace))
    client.post(reverse("audience:merge_sure"), {"least": "0.99"})
    assert len(_names(filled_workspace)) == before
    client.post(reverse("audience:merge_sure"), {"least": "0.95"})
    assert len(_names(filled_workspace)) == before - 1


@pytest.mark.parametrize("least", ["", "nonsense", "-1", "nan"])
def test_merge_sure_with_a_wrong_likeness_merges_nothing_unsure(
    client_of: Callable[..., Client], filled_workspace: Workspace, pair: Pair, least: str
) -> None:
    before = len(_names(filled_workspace))
    client_of("planner").post(reverse("audience:merge_sure"), {"least": least})
    assert len(_names(filled_workspace)) == before


def test_answer_duplicate_in_french_tells_what_changed(
    client_of: Callable[..., Client], pair: Pair
) -> None:
    client = client_of("planner", language="fr")
    done = client.post(reverse("audience:answer", args=[*pair, "same"]), follow=True)
    assert "compte fusionné" in done.content.decode()


def test_answer_duplicate_of_unknown_accounts_or_words_is_refused(
    client_of: Callable[..., Client], filled_workspace: Workspace
) -> None:
    client: Any = client_of("planner")
    assert client.post(reverse("audience:answer", args=["a", "b", "same"])).status_code == 400
    assert client.post(reverse("audience:answer", args=["a", "b", "maybe"])).status_code == 404
    assert list_pair_answers(filled_workspace) == []


@pytest.mark.parametrize("part", ["waiting", "answers"])
def test_show_duplicates_exports_no_pair_with_a_suppressed_account(
    client_of: Callable[..., Client], filled_workspace: Workspace, pair: Pair, part: str
) -> None:
    planner, names = client_of("planner"), _names(filled_workspace)
    if part == "answers":
        planner.post(reverse("audience:answer", args=[*pair, "different"]))

    def exported() -> str:
        asked = {"part": part, "export": "csv"}
        answer: Any = planner.get(reverse("audience:duplicates"), asked)
        return b"".join(answer).decode()

    assert names[pair[0]] in exported()
    suppress(
        filled_workspace,
        kind=SuppressionKind.COMPANY,
        value=names[pair[1]],
        reason="",
        by="bo",
        at=AT,
    )
    told = exported()
    assert names[pair[0]] not in told
    assert names[pair[1]] not in told
