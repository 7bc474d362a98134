"""The manual page of rights: python -m signoff.app.web.manual."""

import sys
from collections.abc import Iterable
from pathlib import Path

from signoff.app.web.rights import Right, Role, has_right

__all__ = ["permissions_manual"]

HEADER = """\
# Roles, rights and addresses

Made from the rights themselves by `python -m signoff.app.web.manual`; do not edit by hand. A test
asks every address as every role, and as nobody, and holds the answers to this page.

A member of a workspace has one role: viewer, planner or owner. Each may all that the one before
may. Members see this table on the page *People, what each role may do*; how members are invited
and roles changed is told in [people and roles](../how-to/people-and-roles.md).

## Rights of the roles

"""
ADDRESSES = """\
## Addresses

What each address asks of whoever opens it and of whoever sends to it. *Nobody* in a column: it
cannot be opened, or nothing can be sent there (405). Without the right, a member is refused (403),
and whoever is not signed in is led to the sign-in page (302; 401 for a part of a page).

"""
OPERATIONS = """\
## Operations of the API

Under `/api/v1/` every operation asks for a token with one of the scopes `see`, `plan`, `import`
(401 without a token, 403 without the scope or where the token's member lacks the right).
`/api/v1/openapi.json` describes them.
"""


def permissions_manual() -> str:
    """Write the page docs/reference/permissions.md.

    Returns:
        Markdown: one line per right, then one per address.

    >>> permissions_manual().splitlines()[0]
    '# Roles, rights and addresses'
    """
    make_django_ready()
    head = ["right", "what it allows", *(role.value for role in Role)]
    addresses = _table(["area", "address", "opening", "sending"], list_addresses())
    return f"{HEADER}{_table(head, list_rights())}\n{ADDRESSES}{addresses}\n{OPERATIONS}"


def list_rights() -> list[list[str]]:
    """List every right: its name, what it allows, and which roles have it."""
    from django.utils.translation import override

    from signoff.app.web.people.roles import RIGHT_WORDS

    with override("en"):
        return [
            [
                f"`{right}`",
                str(RIGHT_WORDS[right]),
                *("yes" if has_right(role, right) else "no" for role in Role),
            ]
            for right in Right
        ]


def list_addresses() -> list[list[str]]:
    """List every page: area, address, right to open it, right to send to it."""
    from signoff.app.web.addresses import list_pages

    return [
        [area, f"`/{page.path}`", _right(page.reads), _right(page.writes)]
        for area, page in list_pages()
    ]


def make_django_ready() -> None:
    """Set Django up without a workspace, unless it is set up already; nothing is kept."""
    from django.apps import apps
    from django.conf import settings

    if apps.ready:
        return
    from signoff.app.web.configuration import Profile, compose_settings

    profile = Profile(workspace=Path(), language="en", secret="of no use")  # noqa: S106 - signs nothing
    settings.configure(**compose_settings(profile))
    import django

    django.setup()


def _right(right: Right | None) -> str:
    return f"`{right}`" if right else "nobody"


def _table(head: list[str], lines: Iterable[list[str]]) -> str:
    rows = [head, ["---"] * len(head), *lines]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


if __name__ == "__main__":
    sys.stdout.write(permissions_manual())
