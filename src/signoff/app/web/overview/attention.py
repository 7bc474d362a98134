"""What needs attention: what is missing, old, faulty or waiting, each with the page that helps."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from signoff.app.jobs import JobState, JobView, list_jobs
from signoff.app.web.cells import number
from signoff.app.web.people.models import Member
from signoff.app.web.place import current_workspace
from signoff.app.web.plans.whereabouts import first_address
from signoff.app.web.rights import Right, Role, has_right
from signoff.plan import CampaignPlan
from signoff.store.register import ImportEntry, ImportState, document_history, list_imports

__all__ = ["Concern", "list_concerns"]

BACKUP_DAYS = 7
RECENT_DAYS = 7
SHOWN_IMPORTS = 3
SHOWN_JOBS = 20


@dataclass(frozen=True)
class Concern:
    """One thing to look at.

    Attributes:
        tone: bad, caution or plain.
        title: What it is.
        words: What it means.
        address: The page that helps; empty for none.
        action: Words of the link to it.
        points: Single points, in the words of the plan.
        needs: Right that the page needs; without it no link is shown.
    """

    tone: str
    title: str
    words: str = ""
    address: str = ""
    action: str = ""
    points: Sequence[str] = field(default_factory=tuple)
    needs: Right = Right.SEE


def list_concerns(plan: CampaignPlan | None, role: Role | None) -> list[Concern]:
    """List what needs attention, the gravest first.

    Args:
        plan: The newest plan, if there is one.
        role: The visitor's; what they could do nothing about is not listed.
    """
    imports = list_imports(current_workspace().register)
    found = [*_failed_jobs(), *_rejected(imports)]
    if plan:
        found += [*_old_brief(plan), *_old_facts(plan, imports), *_gaps(plan), *_cautions(plan)]
    if has_right(role, Right.MANAGE):
        found += [*_resets(), *_backups()]
    order = {"bad": 0, "caution": 1, "plain": 2}
    found.sort(key=lambda concern: order[concern.tone])
    return [one if has_right(role, one.needs) else replace(one, address="") for one in found]


def _failed_jobs() -> Iterator[Concern]:
    since = datetime.now(UTC) - timedelta(days=RECENT_DAYS)
    jobs = list_jobs(current_workspace(), limit=SHOWN_JOBS)
    failed = [job for job in jobs if job.state is JobState.FAILED and job.asked_at > since]
    failed = [job for job in failed if not _was_repaired(job, jobs)]
    if failed:
        words = _("The newest asked for by %(by)s.") % {"by": failed[0].by}
        yield Concern(
            "bad",
            ngettext("%(n)s job failed", "%(n)s jobs failed", len(failed)) % {"n": len(failed)},
            words,
            reverse("jobs:show", args=[failed[0].job_id]),
            _("See why"),
        )


def _was_repaired(job: JobView, jobs: Sequence[JobView]) -> bool:
    """Say whether the same was done since, with success."""
    return any(
        later.state is JobState.DONE
        and (later.kind, later.inputs) == (job.kind, job.inputs)
        and later.asked_at > job.asked_at
        for later in jobs
    )


def _rejected(imports: Sequence[ImportEntry]) -> Iterator[Concern]:
    live = [e for e in imports if e.state is ImportState.LIVE and e.counts.n_rejected]
    live.sort(key=lambda entry: -entry.import_seq)
    for entry in live[:SHOWN_IMPORTS]:
        n = entry.counts.n_rejected
        yield Concern(
            "caution",
            ngettext("%(n)s row was given back", "%(n)s rows were given back", n)
            % {"n": number(n)},
            entry.file_name,
            first_address(("imports:mend", [entry.import_id]), ("imports:imports", [])),
            _("Mend them"),
            needs=Right.IMPORT,
        )


def _old_brief(plan: CampaignPlan) -> Iterator[Concern]:
    register = current_workspace().register
    kept = document_history(register, kind="brief", name=plan.brief_name)
    if kept and kept[0].version > plan.brief_version:
        yield Concern(
            "caution",
            _("The brief is newer than the plan"),
            _("Version %(new)s of %(name)s was saved by %(by)s; the plan is from version %(old)s.")
            % {
                "new": kept[0].version,
                "name": plan.brief_name,
                "by": kept[0].author,
                "old": plan.brief_version,
            },
            f"{reverse('plans:new')}?{urlencode({'brief': plan.brief_name})}",
            _("Plan again"),
            needs=Right.PLAN,
        )


def _old_facts(plan: CampaignPlan, imports: Sequence[ImportEntry]) -> Iterator[Concern]:
    own = [entry for entry in imports if not entry.is_derived]
    changed = [e for e in own if _is_after(e.published_at, plan) or _is_after(e.undone_at, plan)]
    if changed:
        n = len(changed)
        yield Concern(
            "caution",
            _("The facts are newer than the plan"),
            ngettext(
                "%(n)s import has come or gone since.",
                "%(n)s imports have come or gone since.",
                n,
            )
            % {"n": n},
            f"{reverse('plans:new')}?{urlencode({'brief': plan.brief_name})}",
            _("Plan again"),
            needs=Right.PLAN,
        )


def _is_after(at: datetime | None, plan: CampaignPlan) -> bool:
    return at is not None and at > plan.made_at


def _gaps(plan: CampaignPlan) -> Iterator[Concern]:
    gaps = [gap for gap in plan.audience.committees.gaps if gap.n_missing]
    n = sum(gap.n_missing for gap in gaps)
    if n:
        yield Concern(
            "plain",
            ngettext(
                "At %(n)s place in the committees nobody is known",
                "At %(n)s places in the committees nobody is known",
                n,
            )
            % {"n": number(n)},
            _("There the plan counts the people that the brief expects."),
            first_address(("audience:accounts", [])),
            _("See the accounts"),
        )


def _cautions(plan: CampaignPlan) -> Iterator[Concern]:
    n = len(plan.cautions)
    if n:
        yield Concern(
            "caution",
            ngettext("The plan has %(n)s caution", "The plan has %(n)s cautions", n) % {"n": n},
            "",
            f"{reverse('plans:show', args=[plan.run_id])}#summary",
            _("Read them in the plan"),
            points=plan.cautions,
        )


def _resets() -> Iterator[Concern]:
    waiting: list[Any] = list(Member.objects.filter(reset_asked_at__isnull=False, is_active=True))
    if waiting:
        n = len(waiting)
        yield Concern(
            "caution",
            ngettext(
                "%(n)s member waits for a new password",
                "%(n)s members wait for a new password",
                n,
            )
            % {"n": n},
            ", ".join(member.name for member in waiting[:5]),
            first_address(("people:members", [])),
            _("Help them"),
        )


def _backups() -> Iterator[Concern]:
    made = [path.stat().st_mtime for path in current_workspace().backups_dir.glob("*.backup")]
    if not made:
        title, words = _("There is no backup yet"), _("A lost disk would take everything with it.")
    else:
        days = (datetime.now(UTC) - datetime.fromtimestamp(max(made), UTC)).days
        if days < BACKUP_DAYS:
            return
        title = ngettext(
            "The last backup is %(n)s day old", "The last backup is %(n)s days old", days
        ) % {"n": number(days)}
        words = _("What was done since would be lost with the disk.")
    yield Concern("plain", title, words, first_address(("upkeep:backups", [])), _("Back up"))
