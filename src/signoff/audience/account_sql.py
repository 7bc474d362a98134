"""Statements about one account; the SQL that DuckDB and Spark share.

The first four prepare tables that lie by account, so that one account is found at once.
"""

from signoff.store.engines.engine import Statement

__all__ = [
    "ACCOUNT_EVENTS",
    "ACCOUNT_FACTS",
    "ACCOUNT_OPPORTUNITIES",
    "ACCOUNT_PERSONS",
    "ACCOUNT_READINGS",
    "ACCOUNT_STAGES",
    "EVENTS_BY_ACCOUNT",
    "EVENT_COUNT",
    "OPPORTUNITIES_BY_ACCOUNT",
    "PERSONS_BY_ACCOUNT",
    "STAGES_BY_ACCOUNT",
]

PERSONS_BY_ACCOUNT = Statement(
    name="people known, by account",
    reads=("person_fact",),
    sql="""
    SELECT account_id, person_id, title, function AS job_function, level AS job_level, origin
    FROM person_fact WHERE account_id IS NOT NULL
    ORDER BY account_id, person_id
    """,
)

OPPORTUNITIES_BY_ACCOUNT = Statement(
    name="deals, by account",
    reads=("opportunity",),
    sql="""
    SELECT account_id, opportunity_id, product, stage, source_stage, began_on, closed_on, value,
        currency, lead_source
    FROM opportunity WHERE account_id IS NOT NULL
    ORDER BY account_id, opportunity_id
    """,
)

STAGES_BY_ACCOUNT = Statement(
    name="stages of deals, by account",
    reads=("opportunity", "stage_change"),
    sql="""
    SELECT o.account_id, s.opportunity_id, s.stage, s.occurred_at
    FROM stage_change AS s JOIN opportunity AS o ON o.opportunity_id = s.opportunity_id
    WHERE o.account_id IS NOT NULL
    ORDER BY o.account_id, s.opportunity_id, s.occurred_at, s.stage
    """,
)

EVENTS_BY_ACCOUNT = Statement(
    name="touches, by account",
    reads=("event",),
    sql="""
    SELECT account_id, event_id, occurred_at, kind, person_id, venue, message, page, value
    FROM event WHERE account_id IS NOT NULL
    ORDER BY account_id, event_id
    """,
)

ACCOUNT_FACTS = Statement(
    name="what is known of an account, with its counts",
    reads=("account_list",),
    sql="""
    SELECT account_id, external_id, name, domain, kind, industry_scheme, industry_code, employees,
        revenue, currency, country, region, city, founded_year, supply_chain_place, relationship,
        parent_name, likely_kind, is_kind_guessed, size_band, likely_place, is_place_guessed,
        n_subsidiaries, n_people, n_generated, roles_known, roles_missing, n_open_deals,
        n_won_deals, n_lost_deals, last_touch_at, market_fit_share, win_share,
        value_weight, is_holdout
    FROM account_list WHERE account_id = :account_id
    """,
)

ACCOUNT_PERSONS = Statement(
    name="people known at an account",
    reads=("account_person",),
    sql="""
    SELECT person_id, title, job_function, job_level, origin
    FROM account_person WHERE account_id = :account_id
    ORDER BY person_id LIMIT :n_listed
    """,
)

ACCOUNT_READINGS = Statement(
    name="titles, departments and levels of an account, with how many people have them",
    reads=("account_person",),
    sql="""
    SELECT title, job_function, job_level, COUNT(*) AS n_people
    FROM account_person WHERE account_id = :account_id
    GROUP BY title, job_function, job_level ORDER BY title, job_function, job_level
    """,
)

ACCOUNT_OPPORTUNITIES = Statement(
    name="deals of an account, the newest first",
    reads=("account_deal",),
    sql="""
    SELECT opportunity_id, product, stage, source_stage, began_on, closed_on, value, currency,
        lead_source
    FROM account_deal WHERE account_id = :account_id
    ORDER BY began_on DESC NULLS LAST, opportunity_id LIMIT :n_listed
    """,
)

ACCOUNT_STAGES = Statement(
    name="stages that the deals of an account went through",
    reads=("account_stage",),
    sql="""
    SELECT opportunity_id, stage, occurred_at FROM account_stage
    WHERE account_id = :account_id
    ORDER BY opportunity_id, occurred_at, stage
    """,
)

EVENT_COUNT = Statement(
    name="number of touches of an account",
    reads=("account_touch",),
    sql="SELECT COUNT(*) AS n FROM account_touch WHERE account_id = :account_id",
)

ACCOUNT_EVENTS = Statement(
    name="touches of an account, the newest first",
    reads=("account_touch",),
    sql="""
    SELECT event_id, occurred_at, kind, person_id, venue, message, page, value
    FROM account_touch WHERE account_id = :account_id
    ORDER BY occurred_at DESC, event_id LIMIT :n_listed
    """,
)
