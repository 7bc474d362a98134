"""Which addresses a browser visits: every page that can be read, with samples for those by id."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.urls import get_resolver, reverse

from signoff.app.web.addresses import list_pages
from signoff.app.web.pages import Page
from signoff.app.web.rights import Right

__all__ = ["KNOWN", "NO_PAGE", "Place", "list_places", "unvisited"]

# parameters of addresses for which the sample workspace has something, by conftest.py's `samples`
KNOWN = frozenset(
    {
        *("run_id", "import_id", "account_id", "kind", "name", "version", "upload_id"),
        *("job_id", "pk", "role", "venue", "request_id"),
    }
)

BY_LINK = "opened by a link; test_pages_by_link.py visits it"
# what answers with a file, a part of a page or a state, by the name of its page
NO_PAGE: dict[str, str] = {
    "upkeep:health": "a state, for whoever watches the server",
    "api:description": "the API's description, JSON",
    "audience:download": "a file",
    "audience:missing_download": "a file",
    "documents:file": "a file",
    "imports:faults": "a file",
    "imports:rows": "a file",
    "plans:download": "a file",
    "plans:table": "a file",
    "jobs:badge": "a part of every page",
    "venues:answer": "a part of the planner",
    "venues:wanted": "a part of the planner",
    "people:welcome": BY_LINK,
    "people:join": BY_LINK,
    "people:new_password": BY_LINK,
    "sharing:shared": BY_LINK,
}


@dataclass(frozen=True)
class Place:
    """One address to visit.

    Attributes:
        name: Name of its page, as audience:accounts.
        is_open: Whether it is visited without signing in.
        needs: Parameters of its address.
    """

    name: str
    is_open: bool
    needs: tuple[str, ...]

    def address(self, samples: Mapping[str, str]) -> str:
        """Give where it is, with the ids of the sample workspace in place."""
        return reverse(self.name, kwargs={name: samples[name] for name in self.needs})


def list_places() -> Iterator[Place]:
    """Give every page to visit."""
    for area, page in list_pages():
        name, needs = f"{area}:{page.name}", parameters(area, page)
        if page.reads is not None and name not in NO_PAGE and set(needs) <= KNOWN:
            yield Place(name, page.reads is Right.ANYBODY, needs)


def unvisited() -> list[str]:
    """Name the pages that can be read and that nobody visits."""
    visited = {place.name for place in list_places()} | set(NO_PAGE)
    names = (f"{area}:{page.name}" for area, page in list_pages() if page.reads is not None)
    return [name for name in names if name not in visited]


def parameters(area: str, page: Page) -> tuple[str, ...]:
    """Name the parameters of a page's address."""
    resolver = get_resolver().namespace_dict[area][1]
    found = resolver.reverse_dict.getlist(page.name)
    names = (name for known, *_rest in found for _pattern, needed in known for name in needed)
    return tuple(dict.fromkeys(names))
