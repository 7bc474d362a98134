"""The audit trail of what people do in the application, beside that of the store."""

from datetime import UTC, datetime

from signoff.app.web.place import current_workspace
from signoff.store.register import Act, write_audit

__all__ = ["record_act"]


def record_act(action: str, kind: str, *, key: object, by: str, **detail: object) -> None:
    """Write an act into the register's chain.

    Call it inside the transaction that does the act, after everything that may fail: then nothing
    is done without its row. Never give it a password, a token, a code or a contact's data.

    Args:
        action: What was done, in the past tense ("invited", "revoked").
        kind: Kind of thing it was done to.
        key: Which one.
        by: Who did it: a member's address, or "visitor".
        detail: Counts, roles and the like.
    """
    register = current_workspace().register
    act = Act(by, datetime.now(UTC), action, kind, str(key), detail)
    with register.begin() as connection:
        write_audit(register, connection, act=act)
