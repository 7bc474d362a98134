"""Plans shown to people outside: by whom, to whom, what of them, and until when."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from signoff.app.web.sharing.models import ShareLink
from signoff.plan import load_plan
from signoff.store.register import current_persons, list_audit
from signoff.store.workspace import Workspace

pytestmark = pytest.mark.django_db

ASKED = {"name": "The board", "days": "30"}
LOCKED = {"password": "open sesame"}


def run_of(workspace: Workspace) -> str:
    return load_plan(workspace).run_id


def share(client: Client, run_id: str, **asked: str) -> str:
    """Share a plan and give the path of its link."""
    page = client.post(f"/sharing/new/{run_id}", ASKED | asked).content.decode()
    return "/s/" + page.partition('value="http://testserver/s/')[2].partition('"')[0]


def test_shared_plan_is_shown_to_whoever_has_the_link(
    filled_workspace: Workspace, client_of: Callable[..., Client]
) -> None:
    planner = client_of("planner")
    path = share(planner, run_of(filled_workspace))
    token = path.rpartition("/")[2]
    assert len(token) * 6 >= 128
    assert token not in str(list(ShareLink.objects.values()))
    assert token not in planner.get("/sharing").content.decode()
    answer = Client().get(path)
    assert answer.status_code == 200
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["X-Robots-Tag"].startswith("noindex")
    assert answer["Cache-Control"] == "private, no-store"
    text = answer.content.decode()
    assert '<meta name="robots" content="noindex, nofollow">' in text
    assert load_plan(filled_workspace).brief.advertiser.name in text
    assert 'href="/plans' not in text
    act = list_audit(filled_workspace.register)[-1].act
    assert (act.action, act.object_kind, act.by) == ("shared", "share_link", "planner@acme.example")


def test_shared_plan_counts_views_and_nothing_about_readers(
    filled_workspace: Workspace, client_of: Callable[..., Client]
) -> None:
    path = share(client_of("planner"), run_of(filled_workspace))
    client = Client()
    client.get(path)
    client.get(path)
    client.head(path)
    link = ShareLink.objects.get()
    assert link.n_views == 2
    assert link.last_viewed_at is not None
    assert "signoff_session" not in client.cookies


@pytest.mark.parametrize("shows", [False, True], ids=["numbered", "named"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_shared_plan_never_shows_persons_and_accounts_only_when_asked(
    filled_workspace: Workspace, client_of: Callable[..., Client], shows: bool, language: str
) -> None:
    asked = {"shows_accounts": "on"} if shows else {}
    path = share(client_of("planner"), run_of(filled_workspace), **asked)
    text = Client().get(f"{path}?language={language}").content.decode()
    accounts = load_plan(filled_workspace).audience.accounts
    shown = [account.name for account in accounts if account.name in text]
    assert len(shown) == (len(accounts) if shows else 0)
    assert not any(account.account_id in text for account in accounts)
    word = {"en": "Account 1", "fr": "Compte 1"}[language]
    assert (word in text) != shows
    persons = current_persons(filled_workspace.register)
    assert persons
    for person in persons:
        named = (f"{person.first_name} {person.last_name}", person.email)
        assert not any(words and words in text for words in named)


def test_shared_plan_speaks_the_language_chosen(
    filled_workspace: Workspace, client_of: Callable[..., Client]
) -> None:
    path = share(client_of("planner"), run_of(filled_workspace))
    french = Client().get(f"{path}?language=fr")
    assert french["Content-Language"] == "fr"
    assert '<html lang="fr"' in french.content.decode()
    assert "?language=en" in french.content.decode()
    assert Client().get(f"{path}?language=xx").status_code == 200
    by_browser = Client().get(path, headers={"Accept-Language": "fr"})
    assert '<html lang="fr"' in by_browser.content.decode()


@pytest.mark.parametrize("end", ["unknown", "longer", "revoked", "expired"])
def test_shared_plan_that_ended_is_as_if_it_never_was(
    filled_workspace: Workspace, client_of: Callable[..., Client], end: str
) -> None:
    planner = client_of("planner")
    path = share(planner, run_of(filled_workspace))
    link = ShareLink.objects.get()
    if end == "revoked":
        assert planner.post(f"/sharing/{link.pk}/revoke").status_code == 302
        assert list_audit(filled_workspace.register)[-1].act.action == "revoked"
    elif end == "expired":
        ShareLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    asked = {"unknown": path[:-1] + "_", "longer": path * 4}.get(end, path)
    answer = Client().get(asked)
    assert answer.status_code == 404
    never = Client().get("/s/never-was").content.decode()
    page = answer.content.decode()
    assert page.replace(asked, "").partition("<main")[2].partition("</main>")[0] in never
    assert Client().post(asked, {"password": "x"}).status_code in {403, 404}
    assert ShareLink.objects.get().n_views == 0


def test_shared_plan_with_password_asks_for_it(
    filled_workspace: Workspace, client_of: Callable[..., Client]
) -> None:
    path = share(client_of("planner"), run_of(filled_workspace), **LOCKED)
    assert "open sesame" not in str(list(ShareLink.objects.values()))
    client = Client()
    asked = client.get(path).content.decode()
    advertiser = load_plan(filled_workspace).brief.advertiser.name
    assert advertiser not in asked
    wrong = client.post(path, {"password": "guess"}).content.decode()
    assert "not the password of this link" in wrong
    assert advertiser not in wrong
    assert client.post(f"{path}?language=fr", {"password": "open sesame"}).status_code == 302
    cookie = client.cookies["signoff_shared"]
    assert (cookie["path"], cookie["httponly"]) == (path, True)
    assert advertiser in client.get(path).content.decode()
    assert advertiser not in Client().get(path).content.decode()
    assert ShareLink.objects.get().n_views == 1


def test_open_cookie_of_one_link_opens_no_other(
    filled_workspace: Workspace, client_of: Callable[..., Client]
) -> None:
    planner = client_of("planner")
    one = share(planner, run_of(filled_workspace), **LOCKED)
    other = share(planner, run_of(filled_workspace), **LOCKED)
    client = Client()
    client.post(one, {"password": "open sesame"})
    client.cookies["signoff_shared"]["path"] = "/"
    assert "Show the plan" in client.get(other).content.decode()
    client.cookies["signoff_shared"] = str(ShareLink.objects.first().pk)
    assert "Show the plan" in client.get(other).content.decode()


def test_shared_plan_holds_up_who_guesses_its_password(
    filled_workspace: Workspace, client_of: Callable[..., Client]
) -> None:
    planner = client_of("planner")
    path = share(planner, run_of(filled_workspace), **LOCKED)
    other = share(planner, run_of(filled_workspace), **LOCKED)
    for _ in range(5):
        assert Client().post(path, {"password": "guess"}).status_code == 200
    held_up = Client().post(path, {"password": "open sesame"})
    assert held_up.status_code == 429
    assert held_up["Retry-After"] == "900"
    assert Client().get(path).status_code == 429
    elsewhere = Client().post(path, {"password": "open sesame"}, REMOTE_ADDR="192.0.2.7")
    assert elsewhere.status_code == 302
    assert Client().post(other, {"password": "open sesame"}).status_code == 302


def test_sharing_needs_a_plan_and_a_name(
    filled_workspace: Workspace, client_of: Callable[..., Client]
) -> None:
    planner = client_of("planner")
    run_id = run_of(filled_workspace)
    assert planner.get("/sharing/new/0000").status_code in {400, 404}
    assert planner.post(f"/sharing/new/{run_id}", {"days": "30"}).status_code == 200
    assert planner.post(f"/sharing/new/{run_id}", ASKED | {"days": "9999"}).status_code == 200
    assert planner.post(f"/sharing/new/{run_id}", ASKED | {"password": "short"}).status_code == 200
    assert not ShareLink.objects.exists()
    assert planner.post("/sharing/987654/revoke").status_code == 404


def test_shared_plan_whose_plan_is_gone_is_gone(
    filled_workspace: Workspace, client_of: Callable[..., Client]
) -> None:
    path = share(client_of("planner"), run_of(filled_workspace))
    ShareLink.objects.update(run_id="0123456789abcdef")
    assert Client().get(path).status_code == 404


def test_links_page_lists_every_link_with_its_state(
    filled_workspace: Workspace, client_of: Callable[..., Client]
) -> None:
    planner = client_of("planner")
    assert "No plan is shared yet" in planner.get("/sharing").content.decode()
    share(planner, run_of(filled_workspace), **LOCKED)
    page = planner.get("/sharing").content.decode()
    for words in ("The board", "open", "planner@acme.example", "Take back"):
        assert words in page
    exported = planner.get("/sharing?export=json").json()
    assert [(row["name"], row["has_password"], row["n_views"]) for row in exported] == [
        ("The board", True, 0)
    ]
