"""What an outside format is: its headings, what they mean here, and where that is known from."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

__all__ = ["Format", "SourceColumn", "fold", "staff_reason"]

STAFF_WORDS = re.compile(
    r"\b(owner|ownerid|owner id|proprietaire|sales agent|sales rep\w*|agent commercial|commercial|"
    r"assigned to|assigne a|attribue a|created by|cree par|modified by|modifie par|"
    r"account manager|account executive|manager|responsable|vendeur|verkaufer|inhaber)\b"
)
STAFF_REASON = "it names the firm's own staff, who are never imported"


@lru_cache(maxsize=10_000)
def fold(text: str) -> str:
    """Give a heading or a value in the form in which spellings are compared.

    Args:
        text: As the file writes it.

    Returns:
        Lower case, without accents, anything but letters and digits as one space.

    >>> fold("Chiffre d'affaires (annuel)")
    'chiffre d affaires annuel'
    """
    plain = unicodedata.normalize("NFKD", text.strip().casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.sub(r"[\W_]+", " ", plain).strip()


def staff_reason(heading: str) -> str:
    """Say why a column that names the firm's own staff is left out; empty for other columns.

    Args:
        heading: As the file writes it.

    >>> staff_reason("Company owner")
    "it names the firm's own staff, who are never imported"
    >>> staff_reason("Company name")
    ''
    """
    return STAFF_REASON if STAFF_WORDS.search(fold(heading)) else ""


@dataclass(frozen=True)
class SourceColumn:
    """One column of an outside format and what becomes of it.

    Attributes:
        target: Column it fills here.
        headings: All its headings, English and French first; compared by `fold`.
        translate: Values of the source, folded, and what they are called here.
        otherwise: What every other value is called here; empty leaves it as written.
        mended: Known misspellings of the source, folded, and what they should read.
        factor: What a number is multiplied by (1,000,000 for a column in millions).
    """

    target: str
    headings: tuple[str, ...]
    translate: Mapping[str, str] = field(default_factory=dict)
    otherwise: str = ""
    mended: Mapping[str, str] = field(default_factory=dict)
    factor: Decimal = Decimal(1)

    def folded(self) -> frozenset[str]:
        """Give the headings in the form in which they are compared."""
        return frozenset(fold(heading) for heading in self.headings)


@dataclass(frozen=True)
class Format:
    """One kind of file as one outside tool writes it.

    Attributes:
        name: Short name, "hubspot_companies".
        title: What the file is, for people.
        target: What it is imported as: a table of the lake, or "contact".
        columns: The columns that are understood.
        signature: Targets that must all be there, or the file is not of this format.
        marks: Headings only this tool writes; at least one must be there, if any are named.
        constants: Targets that the file does not state but the format implies.
        ignored: Headings that are left out on purpose, and why.
        date_order: Order of day and month where the file itself cannot tell: "dmy" or "mdy".
        has_totals: Whether lines that begin with "Total:" may stand anywhere.
        sums_rows: Whether rows of one key (devices, ad groups) are parts of it and are summed.
        source: Where the columns are known from.
        source_date: When that was looked up.
    """

    name: str
    title: str
    target: str
    columns: tuple[SourceColumn, ...]
    signature: tuple[str, ...]
    source: str
    source_date: str
    marks: tuple[str, ...] = ()
    constants: Mapping[str, str] = field(default_factory=dict)
    ignored: Mapping[str, str] = field(default_factory=dict)
    date_order: str = ""
    has_totals: bool = False
    sums_rows: bool = False

    def column(self, target: str) -> SourceColumn | None:
        """Give the column that fills a target, if the format has one."""
        return next((column for column in self.columns if column.target == target), None)

    def match(self, headings: list[str]) -> dict[str, str]:
        """Give source heading and target for every heading that is understood.

        Args:
            headings: The file's headings; of several that fit a target, the one that the format
                names first fills it.

        >>> from signoff.store.formats.plain import ACCOUNTS
        >>> ACCOUNTS.match(["Name", "Pays", "Shoe size"])
        {'Name': 'name', 'Pays': 'country'}
        """
        places: dict[str, str] = {}
        for heading in headings:
            places.setdefault(fold(heading), heading)
        found: dict[str, str] = {}
        for column in self.columns:
            named = (places.get(fold(name)) for name in column.headings)
            fitting = [name for name in named if name and name not in found]
            if fitting and column.target not in found.values():
                found[fitting[0]] = column.target
        return {heading: found[heading] for heading in headings if heading in found}

    def fits(self, headings: list[str]) -> bool:
        """Say whether a file with these headings can be of this format."""
        targets = set(self.match(headings).values()) | set(self.constants)
        folded = {fold(heading) for heading in headings}
        marked = not self.marks or any(fold(mark) in folded for mark in self.marks)
        return marked and targets.issuperset(self.signature)

    def why_ignored(self, heading: str) -> str:
        """Say why a heading is left out; empty when there is no special reason."""
        for name, reason in self.ignored.items():
            if fold(name) == fold(heading):
                return reason
        return staff_reason(heading)
