"""The reference page of a problem's file: `python -m signoff.venues.exposures.manual`."""

import sys
from typing import get_args, get_origin

from pydantic import BaseModel

from signoff.brief.manual import field_table
from signoff.venues.exposures.file_model import ProblemFile

__all__ = ["problem_manual"]

HEADER = """\
# The file of a planning problem

Made from the model by `python -m signoff.venues.exposures.manual`; do not edit by hand.

`signoff venues plan` reads it, TOML or JSON; in Python `plan_problem(path)` of `signoff.venues`.
How to write one is told in [how-to/plan-from-a-file.md](../how-to/plan-from-a-file.md).

Money is in the file's own currency, shares go from 0 to 1, days are year-month-day.
"""


def problem_manual() -> str:
    """Give the reference page of a problem's file.

    Returns:
        Markdown: a table for each part.

    >>> problem_manual().splitlines()[0]
    '# The file of a planning problem'
    """
    parts = [HEADER, "## Top of the file\n", field_table(ProblemFile)]
    for name, field in ProblemFile.model_fields.items():
        repeated = get_origin(field.annotation) is tuple
        for model in (field.annotation, *get_args(field.annotation)):
            if isinstance(model, type) and issubclass(model, BaseModel):
                title = f"## [[{name}]]" if repeated else f"## [{name}]"
                told = " ".join((field.description or "").split())
                parts += [f"{title}\n", f"{told}\n", field_table(model)]
    return "\n".join(parts)


if __name__ == "__main__":
    sys.stdout.write(problem_manual())
