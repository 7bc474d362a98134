"""Whether an account's industry code lies within the industries of a brief."""

import csv
import functools
import re
import unicodedata
from collections.abc import Sequence
from enum import IntEnum
from importlib import resources

__all__ = ["Verdict", "fold_label", "judge_industry", "read_industry"]


_CROSSED = str.maketrans("łøđ", "lod")
_SPAN = re.compile(r"(\d\d)-(\d\d)")


class Verdict(IntEnum):
    """How an account stands to one criterion of the market; the value is in half points."""

    MISSED = 0
    UNKNOWN = 1
    MET = 2


def read_industry(industry: str) -> tuple[str, tuple[str, ...]]:
    """Split a brief's industry into its family of codes and the beginnings it stands for.

    NACE and NAF share their sections, divisions, groups and classes, so they are one family; a
    NAF code that ends in Z is its NACE class. A section is its divisions, a NAICS range such as
    31-33 its sectors.

    Args:
        industry: "scheme:code" with scheme naics, nace, naf or own.

    Returns:
        The family (naics, nace or own) and the beginnings of codes that belong to it.

    >>> read_industry("naf:6201Z"), read_industry("naics:31-33"), read_industry("nace:D")
    (('nace', ('6201',)), ('naics', ('31', '32', '33')), ('nace', ('35',)))
    """
    scheme, _, code = industry.partition(":")
    family, plain = _plain_code(scheme, code)
    if family == "nace" and plain in _sections():
        return family, _sections()[plain]
    span = _SPAN.fullmatch(plain) if family == "naics" else None
    if span and span[1] < span[2]:
        return family, tuple(str(n) for n in range(int(span[1]), int(span[2]) + 1))
    return family, (plain,)


def judge_industry(scheme: str | None, code: str | None, *, wanted: Sequence[str]) -> Verdict:
    """Say whether an account's industry lies within those wanted.

    An account without a code, with a code of a family that the brief does not use, or with a code
    coarser than the brief's, may or may not belong: unknown.

    Args:
        scheme: The account's scheme: naics, nace, naf or own.
        code: Its code in that scheme.
        wanted: Industries of the brief, each "scheme:code".

    Returns:
        The verdict.

    >>> judge_industry("naf", "6201Z", wanted=["nace:62"]).name
    'MET'
    >>> judge_industry("naics", "51", wanted=["naics:511210"]).name
    'UNKNOWN'
    """
    if not scheme or not code or not code.strip():
        return Verdict.UNKNOWN
    family, plain = _plain_code(scheme, code)
    asked = [begin for f, begins in map(read_industry, wanted) if f == family for begin in begins]
    if not asked:
        return Verdict.UNKNOWN
    if family == "own":
        return Verdict.MET if plain in asked else Verdict.MISSED
    spans = read_industry(f"{scheme}:{code}")[1]
    if all(any(span.startswith(begin) for begin in asked) for span in spans):
        return Verdict.MET
    if any(begin.startswith(span) or span.startswith(begin) for span in spans for begin in asked):
        return Verdict.UNKNOWN
    return Verdict.MISSED


def fold_label(label: str) -> str:
    """Give a label in the form labels are compared in: letters and digits, no case or accents.

    >>> fold_label("Île-de-France"), fold_label("Gießen")
    ('iledefrance', 'giessen')
    """
    plain = label.casefold().replace("œ", "oe").replace("æ", "ae").translate(_CROSSED)
    return "".join(char for char in unicodedata.normalize("NFKD", plain) if char.isalnum())


def _plain_code(scheme: str, code: str) -> tuple[str, str]:
    scheme, code = scheme.strip().lower(), code.strip()
    if scheme == "own":
        return "own", fold_label(code)
    plain = code.upper().replace(".", "").replace(" ", "").replace("\u2013", "-")
    if scheme in ("nace", "naf"):
        return "nace", plain.removesuffix("Z") if len(plain) > 1 else plain
    return scheme, plain


@functools.cache
def _sections() -> dict[str, tuple[str, ...]]:
    path = resources.files("signoff.audience").joinpath("data/nace_sections.csv")
    with path.open(encoding="utf-8") as lines:
        return {
            row["section"]: tuple(
                f"{n:02d}" for n in range(int(row["first_division"]), int(row["last_division"]) + 1)
            )
            for row in csv.DictReader(lines)
        }
