import pytest

from signoff.app.translation import is_foreign, translate, translate_error, translate_fault
from signoff.brief.addresses import HIDDEN
from signoff.errors import BriefError, DataError, Fault
from signoff.venues.reach import read_pair_rows, read_venue_rows

NBSP = "\u00a0"


def plain(text: object) -> str:
    """Give a text with the spaces and apostrophes of a keyboard."""
    return str(text).replace(NBSP, " ").replace("\u2019", "'")


def french(text: str) -> str:
    return plain(translate(text, language="fr"))


def test_translate_english_stays_as_it_is() -> None:
    assert translate("1,234 rows of 'x'", language="en") == "1,234 rows of 'x'"


def test_translate_other_language_is_refused() -> None:
    with pytest.raises(DataError, match="nothing is said in 'de'"):
        translate("another backup is being made", language="de")


def test_translate_quoted_place_stands_in_french_quotation_marks() -> None:
    assert french("there is no import 'a1'") == "il n'y a pas d'import « a1 »"
    assert f"«{NBSP}a1{NBSP}»" in translate("there is no import 'a1'", language="fr")


def test_translate_quoted_value_with_apostrophe_is_unquoted() -> None:
    assert french('there is no import "l\'un"') == "il n'y a pas d'import « l'un »"


def test_translate_numbers_are_written_in_french() -> None:
    told = translate("clients.csv has 1,234,567 bytes", language="fr")
    assert told == f"clients.csv compte 1{NBSP}234{NBSP}567 octets"


@pytest.mark.parametrize(
    ("english", "told"),
    [
        (
            "0 rows read, 1 would be imported, 2 would be given back.",
            "0 ligne lue, 1 serait importée, 2 seraient rendues.",
        ),
        ("Snapshot 7: 1 rows of 12 tables.", "Instantané 7 : 1 ligne de 12 tables."),
    ],
)
def test_translate_count_below_two_takes_the_singular(english: str, told: str) -> None:
    assert french(english) == told


def test_translate_places_may_change_their_order() -> None:
    assert french("brief 'spring' has no version 4") == (
        "le document « spring » (brief) n'a pas de version 4"
    )


def test_translate_closed_vocabulary_is_translated() -> None:
    assert french("import a1 is live and cannot become staging") == (
        "l'import a1 est actif et ne peut pas devenir : en préparation"
    )


def test_translate_message_within_a_message_is_translated() -> None:
    assert french("damaged: No space left on device") == "endommagé : plus de place sur le disque"


def test_translate_foreign_part_stays_and_is_marked() -> None:
    text = "the operating system says: the flux capacitor is warm"
    assert french(text) == "le système d'exploitation dit : the flux capacitor is warm"
    assert is_foreign(text, language="fr")
    assert not is_foreign(text, language="en")


def test_translate_several_sentences_each_by_itself() -> None:
    assert french("Row 3 was changed after it was written. Rows 4 to 5 are missing.") == (
        "La ligne 3 a été changée après son écriture. Les lignes 4 à 5 manquent."
    )


def test_translate_joined_reasons_each_by_itself() -> None:
    assert french("region leaves out 12; no account has city Lyon") == (
        "région : 12 écartés ; aucun compte n'a la ville Lyon"
    )


def test_translate_clause_made_a_sentence_keeps_capital_and_full_stop() -> None:
    assert french("No decider is known at 3 of 5 accounts.") == (
        "Personne n'est connu pour le rôle décideur chez 3 comptes sur 5."
    )


RECEIPT = (
    "a.csv: 12 rows read as account, 11 imported (3 of them in place of earlier ones), 1 given "
    "back. Import f00.\n"
    "Columns left out: Budget (what was allowed, not what was spent); CTR (an average, which does "
    "not add up).\n"
    "line 4, Pays: 'X': it is not one of: a country by its ISO code, or its name in English or "
    "French"
)
TOLD = (
    "a.csv : 12 lignes lues (comptes), 11 importées (dont 3 à la place de précédentes), 1 rendue. "
    "Import f00.\n"
    "Colonnes écartées : Budget (ce qui était autorisé, non ce qui a été dépensé) ; CTR (une "
    "moyenne, qui ne s'additionne pas).\n"
    "ligne 4, Pays : « X » : ce n'est pas un pays, par son code ISO ou son nom en anglais ou en "
    "français"
)


def test_translate_lines_of_a_receipt_each_by_itself() -> None:
    assert french(RECEIPT) == TOLD


def test_translate_exact_sentence_goes_before_a_general_one() -> None:
    assert french("write GB") == "écrivez GB"
    assert french("write true or false") == "écrivez true ou false"


@pytest.mark.parametrize(
    "text",
    [
        "8 of 85 accounts, drawn at random, see no advertising; 77 do.",
        "it is over there somewhere",
        "the table without rows and columns is missing",
        "3 blind mice (see how they run)",
    ],
)
def test_translate_sentence_of_another_program_is_not_mixed(text: str) -> None:
    assert french(text).replace(" ;", ";") == text
    assert is_foreign(text, language="fr")


def test_translate_address_that_is_hidden_is_named_in_french() -> None:
    told = french(f"'write to {HIDDEN}' is not a web domain")
    assert told == "« write to (une adresse électronique) » n'est pas un domaine web"


def test_translate_nothing_is_nothing() -> None:
    assert translate("", language="fr") == ""


def test_translate_fault_all_parts_but_the_path_are_french() -> None:
    fault = Fault("disk is missing", "the plan needs it", "remove the line", "disk")
    told = translate_fault(fault, language="fr")
    assert told == Fault("disk manque", "le plan en a besoin", "retirez la ligne", "disk")


def test_translate_fault_place_in_words_is_french() -> None:
    fault = Fault("the row cannot be used", "it is text", "try again", "line 3, Pays")
    assert translate_fault(fault, language="fr").where == "ligne 3, Pays"


def test_translate_error_has_the_shape_of_its_english_form() -> None:
    faults = [Fault(f"'{name}' is missing", "the plan needs it", "", name) for name in "ab"]
    error = BriefError("the brief has 2 faults", why="", fix="", faults=faults)
    told = translate_error(error, language="fr")
    assert told.keys() == error.as_json().keys()
    assert told["error"] == "BriefError"
    assert told["what"] == "le brief a 2 défauts"
    listed = told["faults"]
    assert isinstance(listed, list)
    assert [plain(fault["what"]) for fault in listed] == [
        "« a » manque",
        "« b » manque",
    ]
    assert translate_error(error, language="en") == error.as_json()


def test_translate_error_of_a_table_of_audiences_says_every_fault_in_french() -> None:
    rows = [(1, ["venue", "reach", "reach_4"]), (2, ["", "0.2", ""]), (3, ["A", "", ""])]
    with pytest.raises(DataError) as refused:
        read_venue_rows(rows, where="titles.csv")
    told = translate_error(refused.value, language="fr")
    listed = told["faults"]
    assert isinstance(listed, list)
    assert [plain(fault["what"]) for fault in listed] == [
        "le support n'a pas de nom",
        "A n'a pas de couverture",
    ]
    assert plain(listed[0]["where"]) == "titles.csv, ligne 2, venue"


def test_translate_error_of_a_table_of_pairs_says_every_fault_in_french() -> None:
    rows = [(1, ["venue", "other_venue", "both_share"]), (2, ["A", "", "0.1"]), (3, ["A", "B", ""])]
    with pytest.raises(DataError) as refused:
        read_pair_rows(rows, where="pairs.csv")
    listed = translate_error(refused.value, language="fr")["faults"]
    assert isinstance(listed, list)
    assert [plain(fault["what"]) for fault in listed] == [
        "une paire nomme deux supports",
        "la paire n'a pas de duplication",
    ]
    assert plain(listed[0]["where"]) == "pairs.csv, ligne 2, venue, other_venue"
