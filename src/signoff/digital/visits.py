"""How people come to the site, as exports of GA4, Matomo and Search Console hold it.

These exports are imported into `spend` (they count by campaign and period, money or not) and, for
single touches, into `event`.
"""

from typing import Any

from signoff.store.engines import Engine, Statement

__all__ = [
    "PAGE_TOUCHES",
    "SEARCH_QUERIES",
    "SITE_SESSIONS",
    "SITE_SESSIONS_BY_MONTH",
    "list_pages",
    "list_queries",
    "list_sessions",
    "list_sessions_by_month",
]

SITE_SESSIONS = Statement(
    "sessions of the site by tool and source",
    """
    SELECT venue AS tool, campaign AS source, SUM(sessions) AS sessions,
        SUM(CAST(conversions AS DECIMAL(18, 4))) AS conversions,
        MIN(starts_on) AS first_on, MAX(COALESCE(ends_on, starts_on)) AS last_on
    FROM spend
    WHERE sessions IS NOT NULL
    GROUP BY venue, campaign
    ORDER BY sessions DESC, tool, source
    """,
    ("spend",),
)
SITE_SESSIONS_BY_MONTH = Statement(
    "sessions of the site by tool and month",
    """
    SELECT tool, month, SUM(sessions) AS sessions
    FROM (
        SELECT venue AS tool, sessions,
            make_date(EXTRACT(YEAR FROM starts_on), EXTRACT(MONTH FROM starts_on), 1) AS month
        FROM spend
        WHERE sessions IS NOT NULL
    ) AS dated
    GROUP BY tool, month
    ORDER BY month, tool
    """,
    ("spend",),
)
SEARCH_QUERIES = Statement(
    "unpaid search by query or page",
    """
    SELECT campaign AS query, SUM(impressions) AS impressions, SUM(clicks) AS clicks,
        MIN(starts_on) AS first_on, MAX(COALESCE(ends_on, starts_on)) AS last_on
    FROM spend
    WHERE spend IS NULL AND sessions IS NULL AND impressions IS NOT NULL
    GROUP BY campaign
    ORDER BY impressions DESC, query
    LIMIT :at_most
    """,
    ("spend",),
)
PAGE_TOUCHES = Statement(
    "touches by page",
    """
    SELECT page, COUNT(*) AS n_events,
        COUNT(CASE WHEN kind = 'visit' THEN 1 END) AS n_visits,
        COUNT(CASE WHEN kind = 'click' THEN 1 END) AS n_clicks,
        COUNT(CASE WHEN kind = 'form' THEN 1 END) AS n_forms,
        COUNT(DISTINCT visitor) AS n_visitors, COUNT(DISTINCT account_id) AS n_accounts,
        MAX(occurred_at) AS last_at
    FROM event
    WHERE page IS NOT NULL
    GROUP BY page
    ORDER BY n_events DESC, page
    LIMIT :at_most
    """,
    ("event",),
)
AT_MOST = 5000


def list_sessions(engine: Engine) -> list[dict[str, Any]]:
    """Give the sessions of the site by tool and source, the largest first.

    Args:
        engine: Runs statements over the facts.

    Returns:
        One row per tool and source: sessions, conversions as the tool counts them, first and last
        day. Two tools that count the same site stand apart: their sums are never added up.
    """
    return engine.rows(SITE_SESSIONS)


def list_sessions_by_month(engine: Engine) -> list[dict[str, Any]]:
    """Give the sessions of the site by tool and month.

    Args:
        engine: Runs statements over the facts.

    Returns:
        One row per tool and month; a period counts for the month in which it begins.
    """
    return engine.rows(SITE_SESSIONS_BY_MONTH)


def list_queries(engine: Engine) -> list[dict[str, Any]]:
    """Give queries, or pages, by which people found the site without paid search.

    Args:
        engine: Runs statements over the facts.

    Returns:
        At most 5,000 rows, the most often shown first: impressions, clicks, share of impressions
        that were clicked, first and last day.
    """
    found = engine.rows(SEARCH_QUERIES, at_most=AT_MOST)
    return [
        {
            **row,
            "click_share": row["clicks"] / row["impressions"]
            if row["impressions"] and row["clicks"] is not None
            else None,
        }
        for row in found
    ]


def list_pages(engine: Engine) -> list[dict[str, Any]]:
    """Give touches by page of the site.

    Args:
        engine: Runs statements over the facts.

    Returns:
        At most 5,000 rows, the most visited first: visits, clicks, forms, visitors, accounts known.
    """
    return engine.rows(PAGE_TOUCHES, at_most=AT_MOST)
