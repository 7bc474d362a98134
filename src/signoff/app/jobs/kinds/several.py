"""The job that brings several uploaded files in, in the order in which they refer to each other."""

from contextlib import suppress

from signoff.app.jobs.kind import JobKind, Result, Step, Work
from signoff.app.jobs.kinds.importing import PHASES, bring_in
from signoff.errors import DataError, Fault, MissingError, SignoffError
from signoff.store.imports import detect_file
from signoff.store.imports.upload import drop_upload, load_upload
from signoff.store.schemas import LAKE_TABLES

__all__ = ["IMPORT_FILES"]


def _import(work: Work) -> Result:
    """Import each file; one that cannot be imported keeps none of the others out."""
    counts = {"n_files": 0, "n_read": 0, "n_published": 0, "n_rejected": 0}
    faults: list[Fault] = []
    for upload_id in _in_order_of_reference(work):
        try:
            found = bring_in(work, upload_id, mark=f"{work.job_id}:{upload_id}")
        except SignoffError as error:
            faults.append(error.fault)
            continue
        drop_upload(work.workspace, upload_id)
        counts["n_files"] += 1
        for name in ("n_read", "n_published", "n_rejected"):
            counts[name] += int(found[name] or 0)
    if faults:
        raise DataError(
            f"{len(faults)} of {len(faults) + counts['n_files']} files did not come in",
            why=f"the other {counts['n_files']} did",
            fix="see the lines below; map these files, and import them one by one",
            faults=faults,
        )
    return counts


def _in_order_of_reference(work: Work) -> list[str]:
    ranks = {name: rank for rank, name in enumerate(LAKE_TABLES)}
    ranks["contact"] = ranks["person_fact"]

    def rank(upload_id: str) -> int:
        # a file that cannot be read says so when its turn comes
        with suppress(SignoffError, MissingError):
            upload = load_upload(work.workspace, upload_id)
            options = upload.options(by=work.by, at=work.asked_at)
            return ranks.get(detect_file(upload.path, options=options).table, len(ranks))
        return len(ranks)

    return sorted(work.inputs["upload_ids"].split(","), key=rank)


IMPORT_FILES = JobKind(
    "import_files", (Step("import", _import, phases=PHASES),), inputs=("upload_ids",)
)
