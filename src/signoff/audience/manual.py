"""The manual page of committee roles: python -m signoff.audience.manual."""

import sys
from importlib import resources

from signoff.audience.titles.priors import role_priors
from signoff.units import CommitteeRole, Function, Level

__all__ = ["roles_manual"]


def roles_manual() -> str:
    """Write the page docs/reference/roles.md.

    Returns:
        Markdown, with one line per department and level.

    >>> roles_manual().splitlines()[0]
    '# Committee roles and job titles'
    """
    path = resources.files("signoff.audience").joinpath("data", "roles_manual.md")
    priors = role_priors()
    places = [(f.value, level.value) for f in Function for level in Level] + [("?", "?")]
    header = ["department", "level", *(role.value for role in CommitteeRole)]
    lines = [header, ["---"] * len(header)]
    for function, level in places:
        shares = [f"{priors[function, level][role]:.2f}" for role in CommitteeRole]
        named = ["*nothing known*", ""] if function == "?" else [function, level]
        lines.append([*named, *shares])
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return f"{path.read_text(encoding='utf-8')}\n{table}\n"


if __name__ == "__main__":
    sys.stdout.write(roles_manual())
