"""What the table of accounts shows of organisations beyond what their sources say."""

from collections.abc import Sequence

from signoff.audience.organisations.family import Families, list_families
from signoff.audience.organisations.industry import guess_place
from signoff.audience.organisations.kind import guess_kind
from signoff.results import Row
from signoff.store.engines.engine import Engine, Statement
from signoff.store.schemas import Column, ColumnType

__all__ = ["UNTOLD_KINDS", "UNTOLD_PLACES", "put_kinds", "put_organisations"]

TEXT, INTEGER = ColumnType.TEXT, ColumnType.INTEGER
ID = Column("account_id", TEXT, "Account, by its id in the workspace")
KIND_COLUMNS = (ID, Column("guessed_kind", TEXT, "Kind that name, domain and industry suggest"))
PLACE_COLUMNS = (
    Column("industry_scheme", TEXT, "Scheme of the industry code"),
    Column("industry_code", TEXT, "Industry in that scheme"),
    Column("guessed_place", TEXT, "Place in the supply chain that the industry suggests"),
)
FAMILY_COLUMNS = (
    ID,
    Column("parent_id", TEXT, "Account that it belongs to", nullable=True),
    Column("circle_id", TEXT, "First account of the circle it stands in", nullable=True),
    Column("n_subsidiaries", INTEGER, "Accounts directly below it", unit="accounts"),
)

UNTOLD_KINDS = Statement(
    name="accounts whose source gives no kind, with what may tell it",
    reads=("account",),
    sql="""
    SELECT account_id, name, domain, industry_scheme, industry_code FROM account
    WHERE kind IS NULL ORDER BY account_id
    """,
)

UNTOLD_PLACES = Statement(
    name="industries of accounts whose source gives no place in the supply chain",
    reads=("account",),
    sql="""
    SELECT industry_scheme, industry_code FROM account
    WHERE supply_chain_place IS NULL AND industry_scheme <> 'own' AND industry_code IS NOT NULL
    GROUP BY industry_scheme, industry_code ORDER BY industry_scheme, industry_code
    """,
)


def put_organisations(engine: Engine) -> None:
    """Leave guessed kinds, guessed places and families in an engine, for the table of accounts.

    Args:
        engine: An engine with the table `account`; `guessed_kind`, `guessed_place` and
            `account_family` are left in it, each with rows only where there is something to say.
    """
    put_kinds(engine)
    engine.put("guessed_place", PLACE_COLUMNS, _places(engine))
    engine.put("account_family", FAMILY_COLUMNS, _relatives(list_families(engine)))


def put_kinds(engine: Engine) -> None:
    """Leave the kinds that are guessed in an engine, as `guessed_kind`."""
    found = engine.arrays(UNTOLD_KINDS)
    guesses = (
        (account_id, guess_kind(name, domain=domain, industry=(scheme or "", code or "")))
        for account_id, name, domain, scheme, code in zip(*found.values(), strict=True)
    )
    rows = [
        {"account_id": account_id, "guessed_kind": guess.kind.value}
        for account_id, guess in guesses
        if guess.kind
    ]
    engine.put("guessed_kind", KIND_COLUMNS, rows)


def _places(engine: Engine) -> Sequence[Row]:
    guesses = (
        (row, guess_place(f"{row['industry_scheme']}:{row['industry_code']}"))
        for row in engine.rows(UNTOLD_PLACES)
    )
    return [{**row, "guessed_place": guess.place.value} for row, guess in guesses if guess]


def _relatives(families: Families) -> Sequence[Row]:
    circles = {one: circle[0] for circle in families.circles for one in circle}
    return [
        {
            "account_id": one,
            "parent_id": families.parents.get(one),
            "circle_id": circles.get(one),
            "n_subsidiaries": len(families.subsidiaries.get(one, ())),
        }
        for one in sorted({*families.parents, *families.subsidiaries, *circles})
    ]
