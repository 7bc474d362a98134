from signoff.store.schemas import LAKE_TABLES, SESSION_TABLES
from signoff.venues.sample import sample_brief, sample_tables


def test_sample_tables_have_known_columns_alone() -> None:
    described = {**LAKE_TABLES, **SESSION_TABLES}
    for name, rows in sample_tables().items():
        columns = {column.name for column in described[name].columns}
        assert all(set(row) <= columns for row in rows), name


def test_sample_brief_is_in_euros() -> None:
    assert sample_brief().money.currency == "EUR"
