"""Where each number comes from, and the run that made them."""

from signoff.report.document import Block, Fact, Facts, Line, Paragraph, Section, Verbatim
from signoff.report.scribe import Scribe

__all__ = ["write_origins", "write_run"]


def write_origins(scribe: Scribe) -> Section:
    """Write how the numbers of each part of the plan were made, and from which tables.

    Args:
        scribe: Writes from the plan.

    Call it so: `write_origins(Scribe(plan, read_catalog("en")))`.
    """
    facts = []
    for place, note in enumerate(scribe.plan.sources):
        tables = ", ".join(note.tables)
        said: Line = (Verbatim(scribe.catalog.texts.get(f"source.{note.path}", note.text)),)
        if tables:
            said = scribe.joined(
                [said, scribe.say("origins.tables", tables=Verbatim(tables))], by="form.space"
            )
        term = scribe.term("path", note.path)
        facts.append(Fact((term,), said, anchor=f"source-{place}"))
    blocks: list[Block] = [Paragraph(scribe.say("origins.words")), Facts(tuple(facts))]
    return scribe.section("origins", blocks)


def write_run(scribe: Scribe) -> Section:
    """Write which run made the plan, so that it can be repeated.

    Args:
        scribe: Writes from the plan.

    Call it so: `write_run(Scribe(plan, read_catalog("en")))`.
    """
    plan = scribe.plan
    said: dict[str, Line] = {
        "run": (Verbatim(plan.run_id),),
        "made_at": (scribe.moment(plan.made_at),),
        "as_of": (scribe.day(plan.as_of),),
        "brief": (Verbatim(plan.brief_name),),
        "brief_version": (Verbatim(str(plan.brief_version)),),
        "lake_snapshot": (Verbatim(str(plan.lake_snapshot)),),
        "seed": (Verbatim(str(plan.seed)),),
        "signoff": (Verbatim(plan.package_version),),
    }
    facts = tuple(Fact((scribe.term("run", key),), line) for key, line in said.items())
    return scribe.section("run", [Paragraph(scribe.say("run.words")), Facts(facts)])
