"""The way in when no owner can sign in: `python -m signoff.app.web.people.rescue FOLDER ADDRESS`.

Whoever may read the workspace's files may do everything; this only saves them the trouble.
"""

import argparse
import os
import sys
from pathlib import Path

from signoff.errors import DataError

__all__ = ["rescue_member"]


def rescue_member(email: str, *, base: str, drops_factor: bool = False) -> str:
    """Make a link with which a member chooses a new password.

    Args:
        email: The member's address.
        base: Where the application is reached, as http://127.0.0.1:8150.
        drops_factor: Whether to take their second factor away as well.

    Returns:
        The link, which works once, within a day.

    Raises:
        DataError: nobody has this address.
    """
    from django.urls import reverse

    from signoff.app.web.people.factors import remove_factor
    from signoff.app.web.people.member_actions import issue_new_password
    from signoff.app.web.people.models import Member

    member = Member.objects.filter(email=email.strip().lower()).first()
    if member is None:
        raise DataError(
            "no member has this address",
            why="a link for a new password is for a member",
            fix="check the address; the page People lists all of them",
        )
    if drops_factor:
        remove_factor(member, by="console")
    token = issue_new_password(member, by="console")
    return base.rstrip("/") + reverse("people:new_password", args=[token])


def main(words: list[str]) -> int:
    """Read the command line, and print the link."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("workspace", type=Path)
    parser.add_argument("email")
    parser.add_argument("--base", default="http://127.0.0.1:8150")
    parser.add_argument("--second-factor-off", action="store_true")
    told = parser.parse_args(words)
    os.environ["SIGNOFF_WORKSPACE"] = str(told.workspace.resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "signoff.app.web.settings")
    import django

    try:
        django.setup()
        link = rescue_member(told.email, base=told.base, drops_factor=told.second_factor_off)
    except DataError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    sys.stdout.write(f"{link}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
