"""Text in the form it is searched and sorted in: without capitals and accents."""

from signoff.store.firm_names import LETTERS

__all__ = ["fold_text", "folded_sql"]

APART = "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030a\u030b\u030c\u0327\u0328"
"""Accents that stand after their letter, as some systems write them."""
FROM = LETTERS[0] + "\u2019\u00a0" + APART
TO = LETTERS[1] + "' "
PAIRS = (("œ", "oe"), ("æ", "ae"), ("ß", "ss"))
_FOLD = str.maketrans(FROM[: len(TO)], TO, APART)


def fold_text(text: str) -> str:
    """Give text as it is searched: lower case, no accents, one kind of apostrophe and blank.

    >>> fold_text("L\u2019\u00c9cole des \u0152uvres, Mu\u0308ller")
    "l'ecole des oeuvres, muller"
    """
    folded = text.lower().translate(_FOLD)
    for letter, pair in PAIRS:
        folded = folded.replace(letter, pair)
    return folded


def folded_sql(column: str) -> str:
    """Give the SQL, for every engine, that folds a column as `fold_text` folds text.

    Args:
        column: A column's name, or any expression that gives text.

    >>> folded_sql("name").startswith("REPLACE(REPLACE(REPLACE(TRANSLATE(LOWER(name), ")
    True
    """
    folded = f"TRANSLATE(LOWER({column}), {_quoted(FROM)}, {_quoted(TO)})"
    for letter, pair in PAIRS:
        folded = f"REPLACE({folded}, '{letter}', '{pair}')"
    return folded


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
