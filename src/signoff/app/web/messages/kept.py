"""Messages that somebody wrote, as the documents keep them."""

import json

from signoff.app.web.place import current_workspace
from signoff.messages import WrittenMessage
from signoff.store.register import list_documents

__all__ = ["kept_messages"]


def kept_messages(brief_name: str) -> dict[tuple[str, str], WrittenMessage]:
    """Give the newest version of every message of a brief, by role and venue.

    Args:
        brief_name: Name of the brief.
    """
    read = (
        WrittenMessage.model_validate_json(json.dumps(one.body))
        for one in list_documents(current_workspace().register, kind="message")
        if one.body.get("brief") == brief_name
    )
    return {(one.role.value, one.venue): one for one in read}
