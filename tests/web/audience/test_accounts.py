"""The table of accounts in the browser: what the address says is what is shown."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client

from signoff.app.web.audience.account import _guessed_kind, _place
from signoff.store.imports import ImportOptions, import_file
from signoff.store.workspace import Workspace

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., Client]
RELATED = """account id,name,employees,parent name
1,Lycée Jean-Moulin,9,
2,Bolt,,Dome
3,Dome,600,
4,Elm,,Fir
5,Fir,,Elm
6,Oak,,Oak
"""


def cells(page: str, column: int = 0) -> list[str]:
    """Give the text of one column of the page's table."""
    body = page.split("<tbody>")[1].split("</tbody>", maxsplit=1)[0]
    rows = [
        re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in body.split("<tr>")[1:]
    ]
    return [re.sub(r"<[^>]+>", "", row[column]).strip() for row in rows]


def test_accounts_are_shown_with_what_is_known(
    filled_workspace: Workspace, client_of: ClientOf
) -> None:
    page = client_of("viewer").get("/accounts").content.decode()
    assert len(cells(page)) == 30
    assert 'aria-sort="none"' in page


def test_accounts_sort_by_the_address(filled_workspace: Workspace, client_of: ClientOf) -> None:
    client = client_of("viewer")
    up = cells(client.get("/accounts?sort=name").content.decode())
    down = cells(client.get("/accounts?sort=-name").content.decode())
    assert up == down[::-1]
    assert up[0].casefold() <= up[-1].casefold()


def test_accounts_filter_by_value_least_value_and_words(
    filled_workspace: Workspace, client_of: ClientOf
) -> None:
    client = client_of("viewer", language="fr")
    page = client.get("/accounts?country=FR&employees_from=100&columns=name&columns=country")
    found = page.content.decode()
    assert set(cells(found, 1)) == {"FR"}
    assert found.count('<th scope="col"') == 2
    assert "selected>FR" in found


def test_accounts_by_missing_role_lack_it(filled_workspace: Workspace, client_of: ClientOf) -> None:
    asked = "/accounts?roles_missing=approver&columns=roles_missing&columns=name"
    page = client_of("viewer").get(asked)
    assert all("approver" in cell for cell in cells(page.content.decode(), 1))


@pytest.mark.parametrize(
    "query",
    [
        "sort=name)--",
        "kind=spaceship",
        "likely_kind=spaceship",
        "size_band=huge",
        "employees_from=many",
        "page=x",
    ],
)
def test_accounts_by_what_there_is_not_are_refused(
    filled_workspace: Workspace, client_of: ClientOf, query: str
) -> None:
    """Fault 26."""
    answer = client_of("viewer").get(f"/accounts?{query}")
    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()


def test_accounts_without_facts_say_how_to_begin(workspace: Workspace, client_of: ClientOf) -> None:
    assert "No account fits." in client_of("viewer").get("/accounts").content.decode()


def first_account(client: Client) -> str:
    found = re.search(r'href="(/accounts/[0-9a-f]{20})"', client.get("/accounts").content.decode())
    assert found
    return found[1]


def test_account_page_shows_committee_and_names_to_planners(
    filled_workspace: Workspace, client_of: ClientOf
) -> None:
    from signoff.store.register import current_persons

    names = {person.last_name for person in current_persons(filled_workspace.register)}
    client = client_of("planner")
    listed = client.get("/accounts").content.decode()
    addresses = set(re.findall(r'href="(/accounts/[0-9a-f]{20})"', listed))
    pages = [client.get(address).content.decode() for address in addresses]
    assert any(name and name in page for page in pages for name in names)
    assert all("Roles that nobody is known to play" in page for page in pages)


def test_account_page_shows_coverage_and_the_next_person_to_find(
    filled_workspace: Workspace, client_of: ClientOf
) -> None:
    client = client_of("viewer")
    listed = client.get("/accounts?roles_missing=approver").content.decode()
    address = re.search(r'href="(/accounts/[0-9a-f]{20})"', listed)
    assert address
    page = client.get(address[1]).content.decode()
    assert "Coverage of each role" in page
    assert "The next person to find: " in page
    assert "\u25cb\u00a0unknown" in page


def test_account_facts_guess_what_the_source_does_not_say() -> None:
    facts = {
        "kind": None,
        "name": "Lyc\u00e9e Jean-Moulin",
        "domain": None,
        "industry_scheme": "naics",
        "industry_code": "3344",
        "supply_chain_place": None,
    }
    assert _guessed_kind(facts).startswith("school (guessed, ")
    assert _guessed_kind({**facts, "kind": "company"}) == ""
    assert _place(facts).startswith("components (guessed, ")
    assert _place({**facts, "supply_chain_place": "services"}) == "services"
    assert _place({**facts, "industry_code": None}) == ""


def test_account_page_hides_names_from_viewers(
    filled_workspace: Workspace, client_of: ClientOf
) -> None:
    page = client_of("viewer").get(first_account(client_of("owner"))).content.decode()
    assert "Names are shown to planners and owners." in page
    assert '<a href="?sort=name"' not in page


@pytest.mark.parametrize("part", ["people", "deals", "touches", "nonsense"])
def test_account_parts_are_shown_and_exported(
    filled_workspace: Workspace, client_of: ClientOf, part: str
) -> None:
    client = client_of("planner", language="fr")
    address = first_account(client)
    assert client.get(f"{address}?part={part}").status_code == 200
    assert client.get(f"{address}?part={part}&export=csv")["Content-Type"].startswith("text/csv")


def test_unknown_account_is_not_found(filled_workspace: Workspace, client_of: ClientOf) -> None:
    """Fault 21."""
    assert client_of("viewer").get("/accounts/nobody").status_code == 404


@pytest.mark.parametrize("form", ["csv", "xlsx", "json", "parquet"])
def test_accounts_are_exported_whole(
    filled_workspace: Workspace, client_of: ClientOf, form: str
) -> None:
    answer = client_of("viewer").get(f"/accounts?sort=name&rows=25&export={form}", follow=True)
    content = b"".join(answer.streaming_content)
    assert answer.status_code == 200
    if form == "csv":
        assert content.count(b"\n") == 31
    assert len(content) > 500
    assert not list(filled_workspace.exports_dir.iterdir())


def test_pages_are_sent_small_and_files_as_they_are(
    filled_workspace: Workspace, client_of: ClientOf
) -> None:
    client = client_of("viewer")
    small = {"headers": {"accept-encoding": "gzip"}}
    assert client.get("/accounts", **small)["Content-Encoding"] == "gzip"
    file = client.get("/accounts/download?export=csv", **small)
    assert "Content-Encoding" not in file
    assert b"".join(file.streaming_content).startswith(b"account_id,")


@pytest.fixture
def related(workspace: Workspace, tmp_path: Path) -> Workspace:
    """Give a workspace whose accounts belong to each other, some in circles."""
    path = tmp_path / "accounts.csv"
    path.write_text(RELATED, encoding="utf-8")
    at = datetime(2026, 1, 5, 9, tzinfo=UTC)
    import_file(workspace, path, options=ImportOptions(table="account", by="ann", at=at))
    return workspace


def page_of(client: Client, name: str) -> str:
    listed = client.get("/accounts").content.decode()
    address = re.search(rf'href="(/accounts/[0-9a-f]{{20}})"[^>]*>{name}<', listed)
    assert address
    return client.get(address[1]).content.decode()


def test_accounts_filter_by_guessed_kind_and_size_and_say_what_is_guessed(
    related: Workspace, client_of: ClientOf
) -> None:
    client = client_of("viewer")
    columns = "&columns=name&columns=likely_kind&columns=size_band"
    page = client.get(f"/accounts?likely_kind=school{columns}").content.decode()
    assert cells(page) == ["Lycée Jean-Moulin"]
    assert cells(page, 1) == ["school (guessed)"]
    page = client.get(f"/accounts?size_band=large{columns}").content.decode()
    assert cells(page) == ["Dome"]
    assert cells(page, 2) == ["large, 250 and more"]
    shown = client.get("/accounts?columns=name&columns=n_subsidiaries&sort=-n_subsidiaries")
    assert cells(shown.content.decode())[0] == "Dome"


def test_account_page_links_parent_and_subsidiaries(
    related: Workspace, client_of: ClientOf
) -> None:
    client = client_of("viewer")
    below, above = page_of(client, "Bolt"), page_of(client, "Dome")
    assert re.search(
        r'Parent organisation</dt><dd><a href="/accounts/[0-9a-f]{20}">Dome</a>', below
    )
    assert re.search(r'Subsidiaries \(1\)</dt>.*<a href="/accounts/[0-9a-f]{20}">Bolt</a>', above)


def test_account_page_tells_circular_parents_in_words(
    related: Workspace, client_of: ClientOf
) -> None:
    client = client_of("viewer")
    both, alone = page_of(client, "Elm"), page_of(client, "Oak")
    assert "none of these parents is taken" in both
    assert re.search(r'Circle of parents</dt>.*<a href="/accounts/[0-9a-f]{20}">Fir</a>', both)
    assert "it would belong to itself" in alone
    assert "Circle of parents" not in page_of(client, "Dome")
