"""What can be imported: for each target its fields, and how the rows of the lake come from them."""

from dataclasses import dataclass
from enum import StrEnum

from signoff.errors import DataError
from signoff.store.schemas import LAKE_TABLES
from signoff.store.schemas.table import Column, ColumnType, Table

__all__ = ["TARGETS", "Field", "Reading", "Target", "find_target"]

TEXT, INTEGER = ColumnType.TEXT, ColumnType.INTEGER


class Reading(StrEnum):
    """How the text of a cell becomes a value."""

    PLAIN = "plain"
    WORD = "word"
    NUMBER = "number"
    DATE = "date"
    TIME = "time"
    COUNTRY = "country"
    CURRENCY = "currency"
    DOMAIN = "domain"
    EMAIL = "email"
    PAGE = "page"
    PSEUDONYM = "pseudonym"
    IDENTIFIER = "identifier"


@dataclass(frozen=True)
class Field:
    """One column that a file may fill.

    Attributes:
        column: Type, meaning and rules.
        reading: How a cell is read.
        is_stored: Whether it stands in the lake under its own name.
        is_personal: Whether it may hold a name or an address; never stored in the lake.
    """

    column: Column
    reading: Reading
    is_stored: bool = True
    is_personal: bool = False

    @property
    def name(self) -> str:
        """Name of the column."""
        return self.column.name


@dataclass(frozen=True)
class Target:
    """One thing that can be imported.

    Attributes:
        name: What people call it: a table of the lake, or "contact".
        table: The lake's table that gets the rows.
        fields: What a file may fill.
        defaults: Values of fields that the file lacks as columns.
        one_of: Fields of which every row needs at least one.
    """

    name: str
    table: Table
    fields: tuple[Field, ...]
    defaults: tuple[tuple[str, str], ...] = ()
    one_of: tuple[str, ...] = ()

    def field(self, name: str) -> Field:
        """Give one field by its name.

        Raises:
            KeyError: there is none; callers check users' names before.
        """
        return {field.name: field for field in self.fields}[name]

    def names(self) -> tuple[str, ...]:
        """Name the fields."""
        return tuple(field.name for field in self.fields)

    def required(self) -> tuple[str, ...]:
        """Name the fields that the file must have."""
        given = {name for name, _ in self.defaults}
        return tuple(
            field.name
            for field in self.fields
            if not field.column.nullable and field.name not in given
        )


SPECIAL = {
    "country": Reading.COUNTRY,
    "currency": Reading.CURRENCY,
    "domain": Reading.DOMAIN,
    "page": Reading.PAGE,
    "visitor": Reading.PSEUDONYM,
    "external_id": Reading.IDENTIFIER,
}
BY_TYPE = {
    ColumnType.INTEGER: Reading.NUMBER,
    ColumnType.REAL: Reading.NUMBER,
    ColumnType.MONEY: Reading.NUMBER,
    ColumnType.DATE: Reading.DATE,
    ColumnType.TIME: Reading.TIME,
}


def _stored(table: str, *, but: tuple[str, ...] = ()) -> tuple[Field, ...]:
    return tuple(
        Field(column, _reading(column))
        for column in LAKE_TABLES[table].columns
        if column.name not in but
    )


def _reading(column: Column) -> Reading:
    if column.name in SPECIAL:
        return SPECIAL[column.name]
    if column.allowed:
        return Reading.WORD
    return BY_TYPE.get(column.type, Reading.PLAIN)


def _extra(
    name: str,
    meaning: str,
    *,
    reading: Reading = Reading.PLAIN,
    nullable: bool = True,
    is_personal: bool = False,
) -> Field:
    column = Column(name, TEXT, meaning, nullable=nullable)
    return Field(column, reading, is_stored=False, is_personal=is_personal)


ACCOUNT_REFERENCE = (
    _extra("account_external_id", "Account, by its id in the source", reading=Reading.IDENTIFIER),
    _extra("account_domain", "Account, by its web domain", reading=Reading.DOMAIN),
    _extra("account_name", "Account, by its name"),
)
IDENTIFIER = Reading.IDENTIFIER
PERSON_FIELDS = (
    _extra("external_id", "Id in the source", reading=IDENTIFIER, is_personal=True),
    _extra("email", "E-mail address", reading=Reading.EMAIL, is_personal=True),
    _extra("first_name", "First name", is_personal=True),
    _extra("last_name", "Last name", is_personal=True),
    _extra("phone", "Telephone number", is_personal=True),
    _extra("linkedin_url", "Address of the LinkedIn page", is_personal=True),
    _extra("city", "City", is_personal=True),
    _extra("postcode", "Postcode", is_personal=True),
    _extra("country", "Country", reading=Reading.COUNTRY, is_personal=True),
)
CONSENT_FIELDS = (
    _extra("consent", "Whether the contact agreed, since when, or on what other basis"),
    _extra("opted_out", "Whether the contact said no, or when"),
    Field(
        Column("consent_at", ColumnType.DATE, "When the contact agreed or refused", nullable=True),
        Reading.DATE,
        is_stored=False,
    ),
    _extra("consent_source", "Where the contact said so: a form, a fair, a call"),
    _extra("consent_purpose", "What for; advertising when not said"),
)
EVENT_PERSON = (
    _extra("external_id", "Id of the event in the source", reading=Reading.IDENTIFIER),
    _extra("person_email", "Person, by e-mail", reading=Reading.EMAIL, is_personal=True),
    _extra("person_external_id", "Person, by id", reading=IDENTIFIER, is_personal=True),
)
OPPORTUNITY_ID = Field(
    Column("external_id", TEXT, "Id in the system the row came from"), Reading.IDENTIFIER
)

TARGETS: dict[str, Target] = {
    target.name: target
    for target in (
        Target(
            "account",
            LAKE_TABLES["account"],
            (
                *_stored("account", but=("account_id",)),
                _extra("industry_label", "Industry in the source's own words"),
            ),
        ),
        Target(
            "contact",
            LAKE_TABLES["person_fact"],
            (
                *PERSON_FIELDS,
                *CONSENT_FIELDS,
                *ACCOUNT_REFERENCE,
                *_stored("person_fact", but=("person_id", "account_id")),
            ),
            defaults=(("origin", "measured"),),
            one_of=("email", "external_id"),
        ),
        Target(
            "opportunity",
            LAKE_TABLES["opportunity"],
            (
                OPPORTUNITY_ID,
                *ACCOUNT_REFERENCE,
                *_stored("opportunity", but=("opportunity_id", "external_id", "account_id")),
            ),
        ),
        Target(
            "stage_change",
            LAKE_TABLES["stage_change"],
            (
                _extra(
                    "opportunity_external_id",
                    "Opportunity, by its id in the source",
                    reading=Reading.IDENTIFIER,
                    nullable=False,
                ),
                *_stored("stage_change", but=("opportunity_id",)),
            ),
        ),
        Target(
            "approval_step",
            LAKE_TABLES["approval_step"],
            _stored("approval_step"),
            defaults=(("step_number", ""),),
        ),
        Target("venue", LAKE_TABLES["venue"], _stored("venue"), defaults=(("currency", ""),)),
        Target(
            "rate",
            LAKE_TABLES["rate"],
            (
                *_stored("rate"),
                _extra("placement", "Size or place of the advertisement: each is one venue"),
            ),
            defaults=(("units_from", "1"), ("minimum_units", "1"), ("currency", "")),
        ),
        Target(
            "venue_audience",
            LAKE_TABLES["venue_audience"],
            _stored("venue_audience"),
            defaults=(("country", "*"), ("segment", "*"), ("basis", "prior")),
        ),
        Target("venue_duplication", LAKE_TABLES["venue_duplication"], _stored("venue_duplication")),
        Target(
            "audience_evidence",
            LAKE_TABLES["audience_evidence"],
            _stored("audience_evidence"),
            defaults=(("country", "*"), ("segment", "*"), ("role", "*"), ("method", "survey")),
        ),
        Target(
            "posterior",
            LAKE_TABLES["posterior"],
            _stored("posterior"),
            defaults=(("scope", "venue"), ("grounds", "data")),
        ),
        Target("venue_issue", LAKE_TABLES["venue_issue"], _stored("venue_issue")),
        Target(
            "venue_package",
            LAKE_TABLES["venue_package"],
            _stored("venue_package"),
            defaults=(("currency", ""),),
        ),
        Target("firm_owner", LAKE_TABLES["firm_owner"], _stored("firm_owner")),
        Target("firm_count", LAKE_TABLES["firm_count"], _stored("firm_count")),
        Target("spend", LAKE_TABLES["spend"], _stored("spend"), defaults=(("campaign", "all"),)),
        Target(
            "event",
            LAKE_TABLES["event"],
            (
                *EVENT_PERSON,
                *ACCOUNT_REFERENCE,
                *_stored("event", but=("event_id", "account_id", "person_id")),
            ),
        ),
    )
}


def find_target(name: str) -> Target:
    """Give what is imported under a name.

    Raises:
        DataError: nothing is imported under it.

    >>> find_target("contact").table.name
    'person_fact'
    """
    if name in TARGETS:
        return TARGETS[name]
    raise DataError(
        f"nothing is imported as {name!r}",
        why="it is no table that a file can fill",
        fix=f"use one of: {', '.join(TARGETS)}",
        where="table",
    )
