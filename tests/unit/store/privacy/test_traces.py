"""By what a person is found in texts."""

import hashlib
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signoff.store.privacy.traces import Traces, split_records, traces_of
from signoff.store.register import PersonRow

ANN = PersonRow(
    "a3f0c2d41b5e4f7799aa0011bbccddee",
    email="Zoé.Quill+ads@gmail.com",
    first_name="Zoé",
    last_name="O'Quill",
    phone="+33 (0)6 98 76 54 32",
    linkedin_url="https://fr.linkedin.com/in/zoe-quill/",
)
TRACES = traces_of([ANN])


@pytest.mark.parametrize(
    "record",
    [
        "x,ZOÉ.QUILL+ADS@GMAIL.COM,y",
        hashlib.sha256("zoé.quill+ads@gmail.com".encode()).hexdigest(),
        hashlib.sha256("zoéquill@gmail.com".encode()).hexdigest().upper(),
        "a3f0c2d41b5e4f7799aa0011bbccddee;1",
        "1;06.98.76.54.32",
        "1;+33 698765432",
        "Zoe;sales;OQUILL",
        "O\u2019Quill, Zoé",
        "www.linkedin.com/in/zoe-quill",
    ],
)
def test_are_in_record_that_names_her_is_found(record: str) -> None:
    assert TRACES.are_in(record)


@pytest.mark.parametrize(
    "record", ["Zoé;Martin", "Quill;Bo", "oquills zoey", "zoe.quill@other.com", "06 98 76 54", ""]
)
def test_are_in_record_of_somebody_else_is_not_found(record: str) -> None:
    assert not TRACES.are_in(record)


def test_traces_of_a_shared_phone_and_a_short_id_name_nobody() -> None:
    row = PersonRow("p1", phone="+33 1 98 76 54 32")
    assert traces_of([row], shared_phones=["0198765432"]) == Traces(words=(), phones=(), names=())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_are_in_bytes_of_any_encoding_is_found(encoding: str) -> None:
    assert TRACES.are_in_bytes("…; Linkedin.com/in/ZOE-quill;".encode(encoding))
    assert not TRACES.are_in_bytes("…; nobody".encode(encoding))


def test_without_takes_the_record_out_and_keeps_its_neighbours() -> None:
    told = {
        "name": "list",
        "rows": [{"n": "Zoé O'Quill"}, {"n": "Bo"}, {"n": "Cy", "deep": [{"n": "zoe oquill"}]}],
    }
    kept = {"name": "list", "rows": [{"n": "Bo"}, {"n": "Cy", "deep": []}]}
    assert TRACES.without(told) == (kept, 2)


def test_without_single_text_that_names_her_is_blanked() -> None:
    assert TRACES.without({"to": "zoé.quill+ads@gmail.com"}) == ({"to": "[erased]"}, 1)


def test_redact_json_blanks_every_mention_and_nothing_else() -> None:
    told = {"a": ["ask oquill, ZOE", "06 98 76 54 32 or 01 11 11 11 11"], "n": 3}
    assert traces_of([PersonRow("p", first_name="Zoe", last_name="Oquill", phone="0698765432")])
    redacted = TRACES.redact_json({"a": ["mail zoé.quill+ads@gmail.com now"], "n": 3})
    assert redacted == {"a": ["mail [erased] now"], "n": 3}
    assert TRACES.redact_json(told)["n"] == 3
    assert TRACES.redact_json(told)["a"][1].endswith("or 01 11 11 11 11")
    assert "98 76" not in TRACES.redact_json(told)["a"][1]


def test_redact_of_nobody_changes_nothing() -> None:
    assert Traces((), (), ()).redact("anything at all") == "anything at all"


@given(st.text(alphabet='ab,;"\n\r é', max_size=60))
def test_split_records_joined_give_the_text_again(text: str) -> None:
    assert "".join(split_records(text)) == text


def test_split_records_quoted_line_end_stays_in_its_record() -> None:
    assert split_records('a,"b\nc"\nd\n') == ['a,"b\nc"\n', "d\n"]


ZOE = traces_of(
    [PersonRow("p", first_name="Zoé", last_name="O'Müller-Łuk", phone="+33 6 98 76 54 32")]
)


@pytest.mark.parametrize(
    "content",
    [
        "<td>O\u2019Müller-Łuk</td>\n<td>Zoé</td>".encode(),
        "<td>Zo&eacute;</td><td>O'M&uuml;ller-Łuk</td>".encode(),
        b"<p>+33 (0)6 98 76 54 32</p>",
        "nom;Zoé;O'Müller-Łuk".encode("utf-16"),
        b'{"a": "Zo\\u00e9 O\'M\\u00fcller-\\u0141uk"}',
    ],
)
def test_are_in_bytes_however_a_name_is_written_finds_it(content: bytes) -> None:
    assert ZOE.are_in_bytes(content)


@pytest.mark.parametrize("text", ["Zoé, O'Müller", "Zoe Mullers", "+33 6 98 76 54 3", ""])
def test_are_in_bytes_somebody_else_is_not_found(text: str) -> None:
    assert not ZOE.are_in_bytes(text.encode())


@pytest.mark.parametrize("name", ["Zoé O'Müller-Łuk", "ZOÉ O\u2019MÜLLER-ŁUK", "O'Müller-Łuk, Zoé"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_redact_accented_name_in_either_form_is_taken_out(name: str, form: str) -> None:
    text = unicodedata.normalize(form, f"été: {name} dit")
    assert unicodedata.normalize("NFC", ZOE.redact(text)) == "été: [erased] dit"


def test_redact_part_of_a_longer_word_stays() -> None:
    traces = traces_of([PersonRow("p", first_name="Al", last_name="Bo")])
    assert traces.redact("Hal Bo and Al Boston") == "Hal Bo and Al Boston"


CROWD = [
    PersonRow(f"{n:032x}", email=f"p{n}@x.fr", first_name=f"Léa{n}", last_name=f"D'Arc{n % 9}")
    for n in range(100)
]
TEXTS = [
    "ask p41@X.fr, or d'Léa41 D'ARC5",
    "Darc5, LEA41 and Léa42 D'Arc5",
    unicodedata.normalize("NFD", "Léa99 D\u2019Arc0"),
    "p5@x.fr" * 3,
    "nobody",
    "",
]


@pytest.mark.parametrize("text", TEXTS)
def test_traces_of_a_crowd_find_what_those_of_each_find(text: str) -> None:
    crowd, each = traces_of(CROWD), [traces_of([row]) for row in CROWD]
    assert crowd.are_in(text) == any(traces.are_in(text) for traces in each)
    content = text.encode()
    assert crowd.are_in_bytes(content) == any(traces.are_in_bytes(content) for traces in each)
    one_by_one = text
    for traces in each:
        one_by_one = traces.redact(one_by_one)
    assert crowd.redact(text) == one_by_one


def test_redact_phone_number_leaves_a_longer_number_alone() -> None:
    traces = traces_of([PersonRow("p", phone="698765432")])
    long = "1607908070605040302"  # holds those digits in that order, with others between
    assert traces.redact(f"{long} and 6 98-76.54(32)") == f"{long} and [erased])"


def test_are_in_name_after_an_elision_is_found() -> None:
    assert ZOE.are_in("l'offre d'Zoé O'Müller-Łuk".replace("O'", "O"))
    assert ZOE.are_in_bytes("<p>d\u2019Zoé OMüller-Łuk</p>".encode())
