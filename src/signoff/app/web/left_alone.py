"""The accounts that the suppression list forbids, for whatever leaves the application."""

from collections.abc import Hashable
from dataclasses import replace

from signoff.app.web.place import current_workspace
from signoff.audience import list_suppressed_accounts
from signoff.store.browse import Filter, TableRequest
from signoff.store.lake import PooledEngine
from signoff.store.register import SuppressionKind, SuppressionLedger

__all__ = ["suppressed_accounts", "without_suppressed"]

MOST_KNOWN = 8
_KNOWN: dict[Hashable, tuple[str, ...]] = {}


def suppressed_accounts(engine: PooledEngine) -> tuple[str, ...]:
    """Name the accounts to leave alone, worked out once for each snapshot and list.

    Every name is hashed, which takes seconds for many accounts, while a form is counted again at
    each change. Another suppression or another snapshot is another key, so nothing old is used.
    """
    ledger = SuppressionLedger.load(current_workspace())
    held = tuple((kind.value, ledger.digests[kind]) for kind in SuppressionKind)
    key = (current_workspace().path, engine.snapshot, held)
    found = _KNOWN.get(key)
    if found is None:
        found = list_suppressed_accounts(engine, ledger=ledger)
        if len(_KNOWN) >= MOST_KNOWN:
            _KNOWN.clear()
        _KNOWN[key] = found
    return found


def without_suppressed(request: TableRequest, engine: PooledEngine) -> TableRequest:
    """Ask a table of accounts for none that must be left alone."""
    barred = suppressed_accounts(engine)
    if not barred:
        return request
    apart = Filter("account_id", "none_of", barred)
    return replace(request, filters=(*request.filters, apart))
