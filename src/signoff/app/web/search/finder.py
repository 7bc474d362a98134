"""Go anywhere: pages, documents, plans and accounts by a few letters of their names."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from signoff.app.web.place import current_workspace, lake_engine
from signoff.app.web.shell import describe_shell
from signoff.audience import list_accounts
from signoff.store.browse import TableRequest
from signoff.store.register import list_headings

__all__ = ["find"]

MOST_FOUND = 8
LONGEST = 200
KINDS = ("brief", "message", "venue", "package")


def find(request: HttpRequest) -> HttpResponse:
    """Show what the letters typed may mean; without scripts this is a page of its own."""
    typed = request.GET.get("q", "").strip()[:LONGEST]
    found = [*_pages(request, typed.casefold())]
    if typed:
        found += [*_documents(typed.casefold()), *_accounts(typed)]
    is_part = bool(request.headers.get("HX-Request"))
    template = "search/_palette.html" if is_part else "search/find.html"
    if request.headers.get("HX-Target") == "found":
        template = "search/_found.html"
    return render(request, template, {"words": typed, "found": found})


def _pages(request: HttpRequest, words: str) -> Iterator[dict[str, Any]]:
    """Give the pages of the menu whose word holds the letters."""
    for entry in describe_shell(request)["menu"]:
        if words in str(entry["label"]).casefold():
            yield entry


def _documents(words: str) -> Iterator[dict[str, Any]]:
    """Give the documents whose name holds the letters."""
    headings = list_headings(current_workspace().register, kinds=KINDS)
    fitting = [heading for heading in headings if words in heading.name.casefold()]
    for heading in fitting[:MOST_FOUND]:
        names = {"kind": heading.kind, "name": heading.name}
        address = reverse("documents:show", kwargs=names)
        yield {"label": heading.name, "address": address, "kind": _("document")}


def _accounts(typed: str) -> Iterator[dict[str, Any]]:
    """Give the accounts whose name, domain or city holds the words."""
    wanted = TableRequest(columns=("account_id", "name"), search=typed, limit=MOST_FOUND)
    with lake_engine() as engine:
        page = list_accounts(engine, wanted)
    for row in page.rows():
        address = reverse("audience:account", args=[row["account_id"]])
        yield {"label": row["name"], "address": address, "kind": _("account")}
