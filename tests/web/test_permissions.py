"""Every address, for every role and for nobody: exactly what the rights say."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from signoff.app.web.addresses import list_pages
from signoff.app.web.areas import AREAS
from signoff.app.web.pages import Page
from signoff.app.web.rights import GRANTS, Right, Role, has_right
from signoff.store.workspace import Workspace
from web_addresses import sample_address

ROLES: tuple[Role | None, ...] = (None, *Role)
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
API = "api/v1/"
REFUSALS = {401, 403, 405}


def expected(page: Page, role: Role | None, method: str) -> str:
    """Give what the rights say: taken, sign-in, refused or unknown method."""
    needed = page.needs(method)
    if needed is None:
        return "unknown method"
    if has_right(role, needed):
        return "taken"
    return "sign-in" if role is None else "refused"


def answered(answer: HttpResponse) -> str:
    """Give what an answer says."""
    leads_to_sign_in = answer.headers.get("Location", "").startswith("/sign-in?next=")
    if answer.status_code == 302 and leads_to_sign_in:
        return "sign-in"
    return {401: "sign-in", 403: "refused", 405: "unknown method"}.get(answer.status_code, "taken")


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES, ids=lambda role: role or "nobody")
@pytest.mark.parametrize("area", AREAS)
def test_every_address_answers_each_role_as_the_matrix_says(
    workspace: Workspace, member: Callable[..., Any], area: str, role: Role | None
) -> None:
    somebody = member(role) if role else None
    wrong = []
    for page in [page for where, page in list_pages() if where == area]:
        address = sample_address(area, page)
        for method in METHODS:
            client = Client()
            if somebody:
                client.force_login(somebody)
            answer = client.generic(method, address)
            answer.close()
            said, must = answered(answer), expected(page, role, method)
            if said != must or answer.status_code >= 500:
                wrong.append((page.name, method, answer.status_code, f"must be: {must}"))
    assert wrong == []


@pytest.mark.django_db
@pytest.mark.parametrize("role", [None, Role.VIEWER], ids=["nobody", "viewer"])
def test_htmx_is_told_to_load_the_sign_in_page_whole(
    workspace: Workspace, client_of: Callable[..., Client], role: Role | None
) -> None:
    answer = client_of(role).get("/people", headers={"HX-Request": "true"})
    assert answer.status_code == (401 if role is None else 403)
    assert ("HX-Redirect" in answer) == (role is None)


@pytest.mark.django_db
def test_method_cannot_be_overridden(
    workspace: Workspace, client_of: Callable[..., Client]
) -> None:
    client = client_of("owner")
    for header in ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"):
        assert client.post("/people", headers={header: "GET"}).status_code == 405
    assert client.post("/people?_method=GET", {"_method": "GET"}).status_code == 405
    assert client.get("/sign-out", headers={"X-HTTP-Method-Override": "POST"}).status_code == 405


def list_patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Give every route with its address."""
    for pattern in resolver.url_patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from list_patterns(pattern, address)
        else:
            yield address, pattern


def test_every_route_is_a_guarded_page_or_an_operation_with_a_token() -> None:
    pages = [page for _area, page in list_pages()]
    open_to_all = [
        address
        for address, pattern in list_patterns(get_resolver())
        if getattr(pattern.callback, "page", None) not in pages and not address.startswith(API)
    ]
    assert open_to_all == []


def test_every_operation_of_the_api_asks_for_a_token() -> None:
    from signoff.app.web.api.interface import make_api

    unguarded = [
        (path, operation.methods)
        for _prefix, router in make_api()._routers
        for path, view in router.path_operations.items()
        for operation in view.operations
        if not operation.auth_callbacks
    ]
    assert unguarded == []


def test_rights_grow_with_the_role() -> None:
    for right, roles in GRANTS.items():
        assert Role.OWNER in roles, right
        assert Role.VIEWER not in roles or Role.PLANNER in roles, right
    assert set(GRANTS) == set(Right)


def test_what_changes_something_is_never_open_for_reading_alone() -> None:
    """A page that takes a form asks of its sender at least what it asks of its reader."""
    weaker = [
        page.name
        for _area, page in list_pages()
        if page.reads and page.writes and GRANTS[page.writes] - GRANTS[page.reads]
    ]
    assert weaker == []
