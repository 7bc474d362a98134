# ruff: noqa: INP001, T201 - a script, no part of a package, that prints
"""List what Signoff says and French lacks: python scripts/list_messages.py [--all].

Each line is ready for a file of src/signoff/app/translation/data/fr: put the French between the
last quotation marks. What fills each place, and where the sentence is said, stands above it.
"""

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from message_scan import Scan, scan_package

from signoff.app.translation.catalog import read_catalog
from signoff.app.translation.message import french_of, parts_of
from signoff.app.translation.template import ENGLISH_PLACE

__all__ = ["example_of", "find_stale", "is_covered", "scan_signoff"]

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "signoff"
EXAMPLES = {None: "Zq{}x", ":n": "1,23{}", "!r": "'Zq{}x'"}
# besides examples: codes such as EUR, and names of tables such as derived_rows
FILLED_IN = re.compile(r"(?:Zq\d+x|[A-Z]{2,3}(?![A-Za-z])|[a-z]+_\w+|[^A-Za-z])*")


def scan_signoff() -> Scan:
    """Read all of Signoff's source."""
    take_examples_for_words()
    return scan_package(PACKAGE)


def example_of(key: str) -> str:
    """Give an English sentence with something at each place.

    >>> example_of("no {0} {1!r}")
    "no Zq0x 'Zq1x'"
    """

    def fill(mark: re.Match[str]) -> str:
        return mark[0][0] if mark[1] is None else EXAMPLES[mark[2]].format(mark[1])

    return ENGLISH_PLACE.sub(fill, key)


def take_examples_for_words() -> None:
    """Let an example stand where a word of a closed vocabulary must."""
    catalog = read_catalog()
    known = catalog.word

    def word(family: str, word: str) -> str | None:
        return word if re.fullmatch(r"Zq\d+x", word) else known(family, word)

    catalog.word = word  # type: ignore[method-assign]


def is_covered(key: str) -> bool:
    """Say whether a sentence has French, down to its last English word."""
    said = french_of(example_of(key))
    return all(FILLED_IN.fullmatch(part) for part in (*said.kept, *said.foreign))


def find_stale(keys: set[str]) -> list[str]:
    """Give the sentences of the catalog that nobody says any more."""
    catalog = read_catalog()
    used: set[str] = set()
    for key in keys:
        for part in parts_of(example_of(key)):
            found = catalog.find(part)
            if found is not None:
                used.add(found[0].english)
    return [template.english for template in catalog.templates if template.english not in used]


def _quoted(key: str) -> str:
    if '"' in key and "'" not in key:
        return f"'{key}'"
    return '"' + key.replace("\\", "\\\\").replace('"', '\\"') + '"'


def main() -> None:
    """Print what lacks, by file of the source."""
    scan = scan_signoff()
    lacking = [key for key in scan.said if "--all" in sys.argv or not is_covered(key)]
    for key in sorted(lacking, key=lambda one: scan.said[one][0].at):
        said = scan.said[key][0]
        print(f"# {said.at}", *said.places, sep=" | ")
        print(f'{_quoted(key)} = ""')
    print(f"# {len(lacking)} of {len(scan.said)}", file=sys.stderr)


if __name__ == "__main__":
    main()
