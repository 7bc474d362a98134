"""Build the demonstration: a workspace from real data, a plan, and its report.

    python examples/demo/build.py TARGET_FOLDER

What must not be borrowed (contacts) is drawn from real distributions and labelled as generated.
"""

import csv
import shutil
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
from contacts import draw_contacts
from owners import make_owner_rows
from venue_facts import make_venue_rows

from signoff.plan import CampaignPlan, PlanOptions, make_plan
from signoff.report import media_plan_csv, render_html, render_pdf, write_media_plan_xlsx
from signoff.store.imports import ImportOptions, import_file
from signoff.store.settings import Settings
from signoff.store.workspace import Workspace, create_workspace

HERE = Path(__file__).resolve().parent
SEED = 20261123
AS_OF = date(2018, 1, 2)  # the day after the pipeline's last deal closed: the demonstration's today
AUTHOR = "demonstration"


def main() -> None:
    """Build everything below the folder named on the command line, from nothing."""
    target = Path(sys.argv[1] if len(sys.argv) > 1 else "demo")
    made = _start_anew(target)
    files = _write_files(made / "files")
    workspace = create_workspace(
        made / "workspace",
        settings=Settings(name="Demonstration", currency="USD"),
        at=datetime.now(UTC),
    )
    _import_files(workspace, files)
    plan = make_plan(
        workspace,
        brief=HERE / "brief.toml",
        options=PlanOptions(
            seed=SEED, as_of=AS_OF, by=AUTHOR, at=datetime.now(UTC), on_progress=_tell
        ),
    )
    _write_report(plan, made / "report")
    _tell_result(plan, made)


def _start_anew(target: Path) -> Path:
    """Clear what an earlier run of this script left; anything else stays and is named."""
    marker = target / "made-by-demonstration"
    if target.exists() and any(target.iterdir()) and not marker.exists():
        sys.exit(f"{target} holds something else. Why: it would be lost. Fix: name another folder.")
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    marker.write_text("This folder is made anew by examples/demo/build.py.\n", encoding="utf-8")
    return target


def _write_files(folder: Path) -> list[tuple[Path, str]]:
    """Write the files to import; give each with its table, in the order of import."""
    folder.mkdir()
    crm = HERE / "data" / "crm"
    rows: dict[str, Sequence[Mapping[str, object]]] = {
        "contact": draw_contacts(HERE, rng=np.random.default_rng(SEED)),
        **make_venue_rows(HERE),
        "firm_owner": make_owner_rows(
            HERE / "data" / "demographics" / "census_ASE_2015_SE1500CSA01_US.csv"
        ),
    }
    made = [(crm / "accounts.csv", "account"), (crm / "sales_pipeline.csv", "opportunity")]
    for table, table_rows in rows.items():
        suffix = "-generated" if table == "contact" else ""
        path = folder / f"{table}{suffix}.csv"
        with path.open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, list(table_rows[0]))
            writer.writeheader()
            writer.writerows(table_rows)
        made.append((path, table))
    return made


def _import_files(workspace: Workspace, files: Sequence[tuple[Path, str]]) -> None:
    for path, table in files:
        options = ImportOptions(table=table, by=AUTHOR, at=datetime.now(UTC), currency="USD")
        receipt = import_file(workspace, path, options=options)
        print(f"  {path.name}: {receipt.n_published} rows in, {receipt.n_rejected} given back")


def _write_report(plan: CampaignPlan, folder: Path) -> None:
    folder.mkdir()
    (folder / "plan.html").write_text(render_html(plan, language="en"), encoding="utf-8")
    (folder / "plan-fr.html").write_text(render_html(plan, language="fr"), encoding="utf-8")
    (folder / "plan.pdf").write_bytes(render_pdf(plan, language="en"))
    (folder / "media-plan.csv").write_text(media_plan_csv(plan), encoding="utf-8")
    write_media_plan_xlsx(plan, folder / "media-plan.xlsx")


def _tell(step: str, done: int, total: int) -> None:
    print(f"  {done + 1}/{total} {step}", flush=True)


def _tell_result(plan: CampaignPlan, made: Path) -> None:
    print(plan.venues.text())
    for caution in plan.cautions:
        print(f"! {caution}")
    print(f"Workspace: {(made / 'workspace').resolve()}")
    print(f"Report:    {(made / 'report' / 'plan.html').resolve()}")


if __name__ == "__main__":
    main()
