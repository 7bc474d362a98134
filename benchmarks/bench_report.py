"""How long a plan takes to become a page, a file or an explanation.

Run: python benchmarks/bench_report.py [WORKSPACE]
With a workspace its newest plan is taken; else a plan of the sample campaign, its accounts listed
fifteen times over, so that the PDF has about eighteen pages.
"""

import io
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from signoff.plan import (
    SAMPLE_BRIEF,
    CampaignPlan,
    PlanOptions,
    load_plan,
    load_sample,
    make_plan,
)
from signoff.report import (
    compose_report,
    explain_number,
    media_plan_xlsx,
    render_body,
    render_html,
    render_pdf,
    render_pptx,
)
from signoff.store.settings import Settings
from signoff.store.workspace import create_workspace, open_workspace

TIMES = 5
MANY = 15


def main() -> None:
    plan = load_plan(open_workspace(Path(sys.argv[1]))) if sys.argv[1:] else sample_plan()
    report = compose_report(plan)
    print(f"{len(plan.audience.accounts)} accounts listed, PDF of {pages(plan)} pages")
    for name, work in {
        "body of a page": lambda: render_body(plan),
        "HTML": lambda: render_html(plan),
        "PDF": lambda: render_pdf(plan),
        "PPTX": lambda: render_pptx(plan),
        "XLSX": lambda: media_plan_xlsx(plan),
        "why": lambda: explain_number(plan, "venues.result.value", language="en", report=report),
    }.items():
        clock, processor = measured(work)
        print(f"{name}: {clock:.3f} s by the clock, {processor:.3f} s of processor (medians)")


def sample_plan() -> CampaignPlan:
    """Plan from the sample campaign and list its accounts many times."""
    at = datetime.now(UTC)
    with TemporaryDirectory() as folder:
        workspace = create_workspace(Path(folder) / "w", settings=Settings(name="Bench"), at=at)
        load_sample(workspace, by="bench", at=at)
        options = PlanOptions(seed=1, as_of=date(2026, 11, 26), by="bench", at=at)
        plan = make_plan(workspace, brief=SAMPLE_BRIEF, options=options)
    accounts = tuple(account for _ in range(MANY) for account in plan.audience.accounts)
    return replace(plan, audience=replace(plan.audience, accounts=accounts))


def pages(plan: CampaignPlan) -> int:
    from pypdf import PdfReader

    return len(PdfReader(io.BytesIO(render_pdf(plan))).pages)


def measured(work: Callable[[], object]) -> tuple[float, float]:
    """Give the median time by the clock and of the processor, the first time left out."""
    work()
    taken = []
    for _ in range(TIMES):
        clock, processor = time.perf_counter(), time.process_time()
        work()
        taken.append((time.perf_counter() - clock, time.process_time() - processor))
    return tuple(sorted(one)[TIMES // 2] for one in zip(*taken, strict=True))  # type: ignore[return-value]  # two


if __name__ == "__main__":
    main()
