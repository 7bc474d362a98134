"""The reference of all commands, as one page of Markdown: `python -m signoff.app.cli.manual`."""

from collections.abc import Iterator

import click

from signoff.app.cli.root import signoff

__all__ = ["list_commands", "write_manual"]

WIDTH = 80
INTRODUCTION = """\
# Commands

Made by `make docs` from the commands themselves; do not edit.

Data go to standard output, progress and errors to standard error. Every error says what, why and
how to fix it; with `--json` it is one JSON object with the same fields. Exit codes: 0 fine,
1 findings, 2 usage or input, 3 partly imported, 70 a fault of Signoff itself, 130 interrupted.

The workspace is the folder named by `-w`, else by the variable `SIGNOFF_WORKSPACE`, else the
current folder or the nearest one above it that holds `signoff.toml`. `SIGNOFF_USER` names who
writes, where `--by` does not.
"""
# The Python twin of each command that has one; a test keeps the names true.
TWINS = {
    "signoff init": "signoff.store.workspace.create_workspace",
    "signoff import": "signoff.store.imports.import_file",
    "signoff imports list": "signoff.store.register.list_imports",
    "signoff imports undo": "signoff.store.imports.undo_import",
    "signoff brief new": "signoff.brief.starter_brief",
    "signoff brief check": "signoff.brief.load_brief",
    "signoff brief schema": "signoff.brief.brief_schema",
    "signoff audience match": "signoff.audience.match_accounts",
    "signoff audience titles": "signoff.audience.classify_titles",
    "signoff audience fit": "signoff.audience.fit_accounts",
    "signoff audience durations": "signoff.audience.study_durations",
    "signoff audience committees": "signoff.audience.study_audience",
    "signoff audience market-size": "signoff.audience.size_market",
    "signoff audience consent": "signoff.store.register.give_consent",
    "signoff audience committee-defaults": "signoff.audience.committee_defaults",
    "signoff audience suppress": "signoff.store.register.suppress",
    "signoff audience lift": "signoff.store.register.lift_suppression",
    "signoff audience erase": "signoff.store.privacy.erasure.erase_persons",
    "signoff audience person": "signoff.store.privacy.disclosure.export_person",
    "signoff venues assumptions": "signoff.venues.list_kind_priors",
    "signoff venues budget": "signoff.venues.find_budget",
    "signoff venues compare": "signoff.plan.compare_plan_with_present",
    "signoff venues learn": "signoff.plan.study_plan",
    "signoff venues limits": "signoff.plan.study_plan",
    "signoff venues list": "signoff.venues.list_venues",
    "signoff venues plan": "signoff.venues.plan_problem",
    "signoff venues reach": "signoff.venues.reach.estimate_net_reach",
    "signoff venues survey": "signoff.venues.weigh_survey",
    "signoff plan": "signoff.plan.make_plan",
    "signoff scenarios add": "signoff.plan.make_scenario",
    "signoff scenarios list": "signoff.plan.list_scenarios",
    "signoff scenarios compare": "signoff.plan.compare_scenarios",
    "signoff scenarios adopt": "signoff.plan.adopt_scenario",
    "signoff scenarios withdraw": "signoff.plan.withdraw_scenario",
    "signoff report": "signoff.report.render_html",
    "signoff export linkedin-companies": "signoff.store.exports.export_matched_audience",
    "signoff export linkedin-contacts": "signoff.store.exports.export_matched_audience",
    "signoff export google-customer-match": "signoff.store.exports.export_matched_audience",
    "signoff export meta-custom-audience": "signoff.store.exports.export_matched_audience",
    "signoff export tiktok-audience": "signoff.store.exports.export_matched_audience",
    "signoff export media-plan": "signoff.report.write_media_plan_xlsx",
    "signoff runs list": "signoff.store.register.list_runs",
    "signoff runs show": "signoff.store.register.load_run",
    "signoff runs repeat": "signoff.plan.repeat_plan",
    "signoff lake check": "signoff.store.lake.check_lake",
    "signoff lake compact": "signoff.store.lake.compact_lake",
    "signoff lake export": "signoff.store.lake.export_lake",
    "signoff backup": "signoff.store.backups.backup.back_up",
    "signoff restore": "signoff.store.backups.backup.restore",
}


def write_manual() -> str:
    """Give the reference of all commands, from their own help.

    Returns:
        Markdown, a section for each command and group.

    >>> write_manual().splitlines()[0]
    '# Commands'
    """
    sections = [_section(context) for context in list_commands()]
    return INTRODUCTION + "".join(sections)


def list_commands() -> Iterator[click.Context]:
    """Give every group and command, groups before their commands.

    Yields:
        A click context for each; `context.command_path` is what one types.

    >>> [context.command_path for context in list_commands()][:3]
    ['signoff', 'signoff init', 'signoff import']
    """
    yield from _walk(_context(signoff, name="signoff", parent=None))


def _walk(context: click.Context) -> Iterator[click.Context]:
    yield context
    group = context.command
    if isinstance(group, click.Group):
        for name in group.list_commands(context):
            command = group.get_command(context, name)
            if command is not None:
                yield from _walk(_context(command, name=name, parent=context))


def _context(command: click.Command, *, name: str, parent: click.Context | None) -> click.Context:
    settings = command.context_settings
    return click.Context(command, info_name=name, parent=parent, terminal_width=WIDTH, **settings)


def _section(context: click.Context) -> str:
    path = context.command_path
    mark = "##" if context.command_path.count(" ") < 2 else "###"
    twin = f"\nIn Python: `{TWINS[path]}`.\n" if path in TWINS else ""
    return f"\n{mark} {path}\n\n```text\n{context.get_help()}\n```\n{twin}"


if __name__ == "__main__":
    click.echo(write_manual(), nl=False)
