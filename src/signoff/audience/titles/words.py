"""Job titles cut into words: without case, accents, gendered endings and abbreviating points."""

import functools
import re
import unicodedata

__all__ = ["split_stems", "split_title", "stem_word"]

LONGEST_TITLE = 400
MOST_WORDS = 16
LONGEST_STEM = 24
SHORTEST_ENDED = 5

_INCLUSIVE = re.compile(
    r"(?<=\w)[(·•./‧-]{1,2}(?:trice|rice|ice|euse|se|ere|iere|ienne|ne|fe|ve|te|rse|e|s|es)"
    r"(?:[·•.-]s)?\)?(?=[^\w·•.-]|$)"
)
_INITIALS = re.compile(r"\b(?:[a-z]\.){2,}[a-z]?(?![a-z])")
_RESEARCH = re.compile(r"\br ?(?:&|\+|et|and) ?d\b")
_LEARNING = re.compile(r"\bl ?& ?d\b")
_WORD = re.compile(r"[a-z0-9]+(?:&[a-z]+)*")
_IDLE_TEXT = """
    a an and at au aux avec by chez d dans de des du en et for from h f m w in l la le les of on
    ou par pour qu s sur the un une with hf mf
"""
_IDLE = frozenset(_IDLE_TEXT.split())
_STEM_ENDINGS = (
    ("trices", "teur"),
    ("trice", "teur"),
    ("euses", "eur"),
    ("euse", "eur"),
    ("ieres", "ier"),
    ("iere", "ier"),
    ("iennes", "ien"),
    ("ienne", "ien"),
    ("onnes", "on"),
    ("onne", "on"),
    ("ives", "if"),
    ("ive", "if"),
    ("elles", "el"),
    ("elle", "el"),
    ("aux", "al"),
    ("ees", ""),
    ("ee", ""),
    ("es", ""),
    ("s", ""),
    ("e", ""),
)


def split_title(title: str) -> tuple[str, ...]:
    """Cut a job title into the words it is read by.

    Args:
        title: A title as a source writes it, in English or French.

    Returns:
        Words in order, lower case, without accents; words such as "of" and "des" are left out.

    >>> split_title("Resp. Achats (H/F)"), split_title("Chargé·e de R & D")
    (('resp', 'achats'), ('charge', 'r&d'))
    >>> split_title("C.F.O."), split_title("Acheteur(se) / Head of IT")
    (('cfo',), ('acheteur', 'head', 'it'))
    """
    plain = title.casefold()
    if not plain.isascii():
        plain = plain.replace("œ", "oe").replace("æ", "ae")
        plain = "".join(
            char for char in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(char)
        )
    if not plain.replace(" ", "").isalnum():
        plain = _INITIALS.sub(_without_points, plain)
        plain = _LEARNING.sub("l&d", _INCLUSIVE.sub("", plain))
    if " d" in plain or "&" in plain:
        plain = _RESEARCH.sub("r&d", plain)
    return tuple(word for word in _WORD.findall(plain) if word not in _IDLE)


@functools.lru_cache(maxsize=200_000)
def stem_word(word: str) -> str:
    """Give the part of a word that its genders and numbers share.

    Args:
        word: A word of a split title.

    Returns:
        Its stem; words of fewer than five letters are left alone.

    >>> stem_word("acheteuses"), stem_word("acheteur"), stem_word("chef")
    ('acheteur', 'acheteur', 'chef')
    """
    if len(word) < SHORTEST_ENDED or word.endswith("ss"):
        return word
    for ending, base in _STEM_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)] + base
    return word


def split_stems(title: str) -> tuple[str, ...]:
    """Cut a title into stems, no stem twice in a row.

    Args:
        title: A title as somebody wrote it; what stands after 400 characters is not read.

    Returns:
        At most 16 stems of at most 24 letters, in their order.

    >>> split_stems("Directeur / Directrice des achats")
    ('directeur', 'achat')
    """
    stems: list[str] = []
    for word in split_title(title[:LONGEST_TITLE])[:MOST_WORDS]:
        stem = stem_word(word)[:LONGEST_STEM]
        if not stems or stem != stems[-1]:
            stems.append(stem)
    return tuple(stems)


def _without_points(found: re.Match[str]) -> str:
    return found.group(0).replace(".", "")
