# ruff: noqa: INP001 - a script, no part of a package
"""Takes out of a catalog what gettext guessed from a similar word, so that it is filled in anew."""

import re
import sys
from pathlib import Path

GUESS = re.compile(r"^#, fuzzy.*\n", re.MULTILINE)
BEFORE = re.compile(r"^#\| .*\n", re.MULTILINE)
FRENCH = re.compile(r'^(msgstr(?:\[\d\])?) "[^\n]*"(?:\n"[^\n]*")*', re.MULTILINE)


def drop_guesses(text: str) -> str:
    r"""Give a catalog with its guesses emptied; the heading stays.

    >>> drop_guesses('msgid ""\\nmsgstr ""\\n\\n#, fuzzy\\nmsgid "Page"\\nmsgstr "Plage"\\n')
    'msgid ""\\nmsgstr ""\\n\\nmsgid "Page"\\nmsgstr ""\\n'
    """
    heading, *entries = text.split("\n\n")
    mended = [
        FRENCH.sub(r'\1 ""', BEFORE.sub("", GUESS.sub("", entry))) if GUESS.search(entry) else entry
        for entry in entries
    ]
    return "\n\n".join([heading, *mended])


if __name__ == "__main__":
    path = Path(sys.argv[1])
    path.write_text(drop_guesses(path.read_text("utf-8")), encoding="utf-8")
