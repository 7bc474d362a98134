"""Words of closed vocabularies in the reader's language: tables, roles, states, acts."""

from signoff.app.translation.catalog import read_catalog, require_language

__all__ = ["translate_word"]


def translate_word(word: str, *, family: str, language: str) -> str:
    """Give a word of a closed vocabulary as a page shows it.

    Args:
        word: The word as code and tables have it: "trade_title".
        family: Its vocabulary: table, role, state and so on; the sections of data/fr/words.toml.
        language: "en" or "fr".

    Returns:
        The French word, or the English one with spaces.

    Raises:
        DataError: a language that nothing is said in.

    >>> translate_word("live", family="state", language="fr")
    'actif'
    >>> translate_word("trade_title", family="venue_kind", language="en")
    'trade title'
    """
    require_language(language)
    found = read_catalog().word(family, word) if language == "fr" else None
    return found or word.replace("_", " ")
