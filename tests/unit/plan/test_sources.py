"""Every number of a plan has a source note."""

import json
from typing import Any

from signoff.plan import PlanOptions, make_plan, write_plan
from signoff.plan.sources import list_sources
from signoff.store.schemas import LAKE_TABLES
from signoff.store.workspace import Workspace

OF_THE_RUN = {"run_id", "made_at", "as_of", "package_version", "lake_snapshot", "seed"}
NOT_NUMBERS = {"brief_name", "brief_version", "holdout_account_ids", "sources", "cautions"}


def test_list_sources_cover_every_part_of_a_plan(
    workspace: Workspace, brief_path: Any, options: PlanOptions
) -> None:
    plan = json.loads(write_plan(make_plan(workspace, brief=brief_path, options=options)))
    covered = {note["path"].partition(".")[0] for note in plan["sources"]}
    assert set(plan) - OF_THE_RUN - NOT_NUMBERS == covered


def test_list_sources_name_tables_that_exist() -> None:
    notes = list_sources(brief_name="b", brief_version=1, lake_snapshot=3)
    named = {table for note in notes for table in note.tables}
    assert named - set(LAKE_TABLES) == {"document: brief"}
