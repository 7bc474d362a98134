"""Statements on what was found out of audiences, in the SQL that DuckDB and Spark share."""

from signoff.store.engines.engine import Statement

__all__ = ["EVIDENCE_ROWS", "OWN_PEOPLE"]

EVIDENCE_ROWS = Statement(
    name="what studies say of audiences",
    sql="""
        SELECT venue_id, country, segment, role, method, study, reach_share, n_asked, n_effective,
               reach_low_share, reach_high_share, source, source_url
        FROM audience_evidence ORDER BY venue_id, country, segment, role, method, study
    """,
    reads=("audience_evidence",),
)
OWN_PEOPLE = Statement(
    name="people of our accounts whom each venue touched, by country",
    sql="""
        WITH known AS (
            SELECT a.account_id, COALESCE(a.country, '?') AS country, COUNT(*) AS n_people
            FROM person_fact AS p JOIN account AS a ON a.account_id = p.account_id
            GROUP BY a.account_id, COALESCE(a.country, '?')
        ),
        spelled AS (
            SELECT venue_id, kind, LOWER(venue_id) AS spelling FROM venue
            UNION
            SELECT venue_id, kind, LOWER(name) AS spelling FROM venue
        ),
        touched AS (
            SELECT v.venue_id, p.account_id, COUNT(DISTINCT p.person_id) AS n_hits
            FROM event AS e
            JOIN spelled AS v ON v.spelling = LOWER(e.venue)
            JOIN person_fact AS p ON p.person_id = e.person_id
            WHERE e.kind IN ('impression', 'mail')
                OR (e.kind = 'visit' AND v.kind = 'own_channel')
                OR (e.kind = 'meeting' AND v.kind = 'event')
            GROUP BY v.venue_id, p.account_id
        ),
        everybody AS (
            SELECT country, COUNT(*) AS n_accounts, SUM(n_people) AS n_people,
                SUM(n_people * n_people) AS n_squared
            FROM known GROUP BY country
        )
        SELECT h.venue_id, h.country, n.n_accounts, CAST(n.n_people AS BIGINT) AS n_people,
            CAST(n.n_squared AS BIGINT) AS n_squared, h.n_hits, h.hits_squared, h.products
        FROM (
            SELECT t.venue_id, k.country, CAST(SUM(t.n_hits) AS BIGINT) AS n_hits,
                CAST(SUM(t.n_hits * t.n_hits) AS BIGINT) AS hits_squared,
                CAST(SUM(t.n_hits * k.n_people) AS BIGINT) AS products
            FROM touched AS t JOIN known AS k ON k.account_id = t.account_id
            GROUP BY t.venue_id, k.country
        ) AS h
        JOIN everybody AS n ON n.country = h.country
        ORDER BY h.venue_id, h.country
    """,
    reads=("event", "venue", "person_fact", "account"),
)
