"""Can they find us, and do we answer them: what analytics and search exports say, so far."""

from signoff.digital.visits import (
    list_pages,
    list_queries,
    list_sessions,
    list_sessions_by_month,
)

__all__ = ["list_pages", "list_queries", "list_sessions", "list_sessions_by_month"]
