"""What holds of job titles however they are written."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from signoff.audience import classify_title, classify_titles
from signoff.units import CommitteeRole

TITLES = (
    "Directeur des achats",
    "Chargée de recrutement",
    "VP Procurement EMEA",
    "Ingénieure qualité",
    "Head of Data Platform",
    "Régisseur son",
    "Infirmière",
)
PLAIN = str.maketrans("éèêàç", "eeeac")


@pytest.mark.parametrize("title", TITLES)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_reading_does_not_mind_case_accents_and_blanks(title: str, data: st.DataObject) -> None:
    letters = [
        char.upper() if data.draw(st.booleans(), label="upper") else char
        for char in (title.translate(PLAIN) if data.draw(st.booleans()) else title)
    ]
    blanks = data.draw(st.integers(1, 3))
    written = "  " + "".join(letters).replace(" ", " " * blanks) + "\t"
    one, other = classify_title(title), classify_title(written)
    assert (one.function, one.level, one.roles) == (other.function, other.level, other.roles)


@settings(max_examples=60, deadline=None)
@given(titles=st.lists(st.text(max_size=60), max_size=8))
def test_any_text_is_read_alone_as_among_others(titles: list[str]) -> None:
    together = list(classify_titles(titles))
    assert [reading.title for reading in together] == titles
    for title, reading in zip(titles, together, strict=True):
        assert set(reading.roles) == set(CommitteeRole)
        assert all(0 <= share <= 1 for share in reading.roles.values())
        assert reading.evidence
        alone = classify_title(title)
        assert (alone.function, alone.level) == (reading.function, reading.level)
