"""Long work as durable jobs: asked for by pages, done by workers, resumed after any crash."""

from signoff.app.jobs.fault import JobFault
from signoff.app.jobs.job import cancel_job, list_jobs, look_at_job, resume_job, start_job
from signoff.app.jobs.kind import JobKind, Step, Work
from signoff.app.jobs.place import close_jobs, make_job_tables
from signoff.app.jobs.progress import JobStopped, Progress
from signoff.app.jobs.registry import KINDS
from signoff.app.jobs.view import JobState, JobStep, JobView
from signoff.app.jobs.worker import Worker, living_workers

__all__ = [
    "KINDS",
    "JobFault",
    "JobKind",
    "JobState",
    "JobStep",
    "JobStopped",
    "JobView",
    "Progress",
    "Step",
    "Work",
    "Worker",
    "cancel_job",
    "close_jobs",
    "list_jobs",
    "living_workers",
    "look_at_job",
    "make_job_tables",
    "resume_job",
    "start_job",
]
