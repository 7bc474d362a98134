"""What documents and their authors are called."""

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

from signoff.app.web.people.models import Member
from signoff.errors import DataError

__all__ = ["author_names", "require_name"]

_NAME = re.compile(r"\w[\w .()'\u2019&+-]{0,79}")


def author_names(authors: Iterable[str]) -> dict[str, str]:
    """Give the names of authors by what a version says of them: an address, or a word.

    Args:
        authors: What versions say of who saved them.
    """
    asked = set(authors)
    members = Member.objects.filter(email__in=asked).values_list("email", "name")
    return {**{author: author for author in asked}, **dict(members)}


def require_name(name: str) -> str:
    """Give a name for a new document.

    Raises:
        DataError: files, addresses and commands could not carry it.

    >>> require_name(" Spring 2027 ")
    'Spring 2027'
    """
    bare = " ".join(name.split())
    if not _NAME.fullmatch(bare):
        raise DataError(
            _("a document cannot be called so"),
            why=_("its name stands in addresses, commands and names of files"),
            fix=_("use letters, digits, spaces and dashes, 80 at most, beginning with a letter"),
            where="name",
        )
    return bare
