import io
import json

import numpy as np
import pytest

from signoff.errors import DataError
from signoff.venues import (
    FittedVenues,
    list_facts,
    pack_cells,
    pack_venues,
    unpack_cells,
    unpack_venues,
)
from signoff.venues.sample import sample_brief, sample_engine, sample_fitted


@pytest.fixture(scope="module")
def fitted() -> FittedVenues:
    return sample_fitted()


def test_unpack_venues_answers_to_the_last_digit(fitted: FittedVenues) -> None:
    back = unpack_venues(pack_venues(fitted))
    assert back.curve == fitted.curve
    for point in fitted.curve:
        assert back.at_budget(point.budget) == fitted.at_budget(point.budget)


def test_pack_venues_same_plan_same_bytes_inside(fitted: FittedVenues) -> None:
    again = unpack_venues(pack_venues(fitted))
    first, second = (
        np.load(io.BytesIO(pack_venues(each)), allow_pickle=False) for each in (fitted, again)
    )
    assert all(np.array_equal(first[name], second[name]) for name in first.files)


def test_unpack_venues_other_version_is_named(fitted: FittedVenues) -> None:
    with np.load(io.BytesIO(pack_venues(fitted)), allow_pickle=False) as parts:
        arrays = {name: parts[name] for name in parts.files}
    heading = json.loads(arrays["heading"].tobytes()) | {"format_version": 99}
    arrays["heading"] = np.frombuffer(json.dumps(heading).encode(), dtype=np.uint8)
    out = io.BytesIO()
    np.savez(out, allow_pickle=False, **arrays)
    with pytest.raises(DataError, match="version 99"):
        unpack_venues(out.getvalue())


def test_unpack_venues_cut_short_or_an_object_is_refused(fitted: FittedVenues) -> None:
    packed = pack_venues(fitted)
    objects = io.BytesIO()
    np.savez(objects, heading=np.array([{"a": 1}], dtype=object))
    spoilt = bytearray(packed)
    for place in range(100, len(packed), 997):
        spoilt[place] ^= 0xFF
    for bad in (
        b"",
        b"PK",
        bytes(spoilt),
        packed[:200],
        packed[: len(packed) // 2],
        objects.getvalue(),
    ):
        with pytest.raises(DataError, match="no fitted plan"):
            unpack_venues(bad)


def test_unpack_cells_are_equal_and_other_bytes_are_refused(fitted: FittedVenues) -> None:
    brief = sample_brief()
    with sample_engine() as engine:
        cells = list_facts(engine, brief=brief).cells
    back = unpack_cells(pack_cells(cells))
    assert back.groups == cells.groups
    for name in ("group", "people", "weight_billionths", "n_accounts"):
        assert np.array_equal(getattr(back, name), getattr(cells, name))
        assert getattr(back, name).dtype == np.int64
    for bad in (b"", pack_venues(fitted)):
        with pytest.raises(DataError, match="no cells"):
            unpack_cells(bad)
