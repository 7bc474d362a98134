"""The reader's words for what is imported, where an import stands and what is wrong with rows."""

from typing import Any

from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from signoff.app.translation import translate, translate_word
from signoff.store.imports.target import TARGETS

__all__ = ["FAULT_WORDS", "IMPORT_STATES", "TABLE_WORDS", "column_word", "fault_word", "table_word"]

IMPORT_STATES = {
    "staging": pgettext_lazy("state of an import", "being read"),
    "publishing": pgettext_lazy("state of an import", "being published"),
    "live": pgettext_lazy("state of an import", "in force"),
    "undoing": pgettext_lazy("state of an import", "being taken back"),
    "undone": pgettext_lazy("state of an import", "taken back"),
    "failed": pgettext_lazy("state of an import", "did not come in"),
}
TABLE_WORDS = {
    "account": _("Accounts"),
    "contact": _("Contacts"),
    "opportunity": _("Opportunities"),
    "stage_change": _("Changes of stage"),
    "approval_step": _("Steps of approval"),
    "venue": _("Venues"),
    "rate": _("Rates of venues"),
    "venue_audience": _("Audiences of venues"),
    "venue_duplication": _("Duplication between venues"),
    "venue_issue": _("Dates of issue of venues"),
    "venue_package": _("Packages of venues"),
    "audience_evidence": _("What studies say of audiences"),
    "posterior": _("What campaigns showed of venues"),
    "firm_owner": _("Owners of firms"),
    "firm_count": _("Counts of firms"),
    "spend": _("Spend"),
    "event": _("Events"),
}
FAULT_WORDS = {
    "missing": _("lacking"),
    "unreadable": _("unreadable"),
    "not_listed": _("not in the list"),
    "out_of_range": _("out of range"),
    "personal": _("an address where none belongs"),
    "no_such_time": _("no such time"),
    "other_currency": _("another currency"),
    "too_fine": _("finer than a cent"),
    "unknown_account": _("unknown account"),
    "ambiguous_account": _("several accounts"),
    "unknown_opportunity": _("unknown opportunity"),
    "repeated": _("stands there twice"),
    "two_currencies": _("two currencies"),
    "n_cells": _("wrong number of cells"),
    "suppressed": _("suppressed"),
}


def table_word(name: str) -> Any:
    """Give the reader's word for what is imported, or for each of the tables that a run wrote."""
    language = get_language() or "en"
    tables = name.split(", ")
    words = (
        TABLE_WORDS.get(one) or translate_word(one, family="table", language=language)
        for one in tables
    )
    return ", ".join(str(word) for word in words)


def fault_word(kind: str) -> Any:
    """Give the reader's word for a kind of fault; its key where there is none."""
    return FAULT_WORDS.get(kind, kind)


def column_word(table: str, column: str) -> str:
    """Give what a column of the lake means, in the reader's language; its name where unknown."""
    meanings = {one.name: one.meaning for one in TARGETS[table].table.columns}
    return translate(meanings.get(column, column), language=get_language() or "en")


def choose_tables() -> list[tuple[str, Any]]:
    """Give everything that can be imported with its word."""
    return [(name, table_word(name)) for name in TARGETS]
