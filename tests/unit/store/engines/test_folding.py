"""Folded text is the same in Python and in the engine."""

from signoff.store.engines import Statement, duckdb_engine_on, fold_text
from signoff.store.firm_names import LETTERS

FOLDED = Statement("folded", "SELECT FOLD_TEXT(:text) AS folded", ())


def test_fold_text_is_what_the_engine_folds() -> None:
    texts = [
        *LETTERS[0],
        *LETTERS[0].upper(),
        "L\u2019Œuvre\u00a0E\u0301",
        "Straße",
        "Ελλάδα",
        "a_b%",
    ]
    with duckdb_engine_on({}) as engine:
        for text in texts:
            assert engine.rows(FOLDED, text=text) == [{"folded": fold_text(text)}]
        assert engine.rows(FOLDED, text=None) == [{"folded": None}]


def test_fold_text_of_every_letter_is_what_names_are_compared_as() -> None:
    assert fold_text(LETTERS[0]) == LETTERS[1]


def test_fold_text_reads_accents_apart_from_their_letter() -> None:
    assert fold_text("E\u0301cole") == fold_text("École") == "ecole"
