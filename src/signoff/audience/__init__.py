"""Who decides, at which businesses: the market, the fit, the committees and their gaps."""

from signoff.audience.account import (
    AccountCard,
    Deal,
    KnownPerson,
    PersonRole,
    StageEntry,
    Touch,
    look_at_account,
)
from signoff.audience.accounts import (
    account_table,
    count_accounts,
    export_accounts,
    list_accounts,
)
from signoff.audience.blocked import list_suppressed_accounts
from signoff.audience.committees import (
    CommitteeStudy,
    CoverageStudy,
    NextPerson,
    RoleCoverage,
    RoleGap,
    count_coverage,
    coverage_table,
    define_committees,
    export_coverage,
    list_coverage,
    list_person_roles,
    study_coverage,
)
from signoff.audience.duplicates import (
    DuplicateList,
    LikelyDuplicate,
    MergedRecord,
    account_names,
    list_duplicates,
    list_merged_records,
)
from signoff.audience.fit.deals import LEAKS, FitReport, fit_accounts, score_accounts
from signoff.audience.fit.reason import FitCode, FitReason
from signoff.audience.industries import judge_industry, read_industry
from signoff.audience.market import (
    MarketSelection,
    MarketStep,
    list_market_account_ids,
    select_market,
)
from signoff.audience.owners import OwnerShare, list_owners, share_owners
from signoff.audience.study import (
    AccountLine,
    AudienceStudy,
    list_plan_accounts,
    study_audience,
)
from signoff.audience.titles.reading import (
    TitleReading,
    classify_title,
    classify_titles,
    role_priors,
)

__all__ = [
    "LEAKS",
    "AccountCard",
    "AccountLine",
    "AudienceStudy",
    "CommitteeStudy",
    "CoverageStudy",
    "Deal",
    "DuplicateList",
    "FitCode",
    "FitReason",
    "FitReport",
    "KnownPerson",
    "LikelyDuplicate",
    "MarketSelection",
    "MarketStep",
    "NextPerson",
    "MergedRecord",
    "OwnerShare",
    "PersonRole",
    "RoleCoverage",
    "RoleGap",
    "StageEntry",
    "TitleReading",
    "Touch",
    "account_names",
    "account_table",
    "classify_title",
    "classify_titles",
    "count_accounts",
    "count_coverage",
    "coverage_table",
    "define_committees",
    "export_accounts",
    "export_coverage",
    "fit_accounts",
    "judge_industry",
    "list_accounts",
    "list_coverage",
    "list_duplicates",
    "list_market_account_ids",
    "list_merged_records",
    "list_owners",
    "list_person_roles",
    "list_plan_accounts",
    "list_suppressed_accounts",
    "look_at_account",
    "read_industry",
    "role_priors",
    "score_accounts",
    "select_market",
    "share_owners",
    "study_audience",
    "study_coverage",
]
