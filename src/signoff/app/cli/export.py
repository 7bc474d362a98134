"""`signoff export`: lists for ad platforms, with suppression applied; the media plan as a file."""

from datetime import UTC, datetime
from pathlib import Path

import click

from signoff.app.cli.command import Group
from signoff.app.cli.options import author_option, json_option, workspace_option
from signoff.app.cli.output import print_json, show
from signoff.app.cli.place import open_here
from signoff.app.cli.report import write_report

__all__ = ["export"]


@click.group(cls=Group)
def export() -> None:
    """Write lists and plans for other tools.

    Example:
      signoff export linkedin-companies
      signoff export media-plan --format xlsx --out .
    """


@export.command("linkedin-companies")
@click.option("--run", "run_id", help="The plan whose accounts; by default the newest.")
@author_option
@workspace_option
@json_option
def linkedin_companies(
    workspace_path: Path | None, run_id: str | None, by: str, as_json: bool
) -> None:
    """Write the plan's accounts as a LinkedIn company list.

    Suppressed accounts and the holdout stay out; a row that cannot be checked does not leave.

    Example:
      signoff export linkedin-companies
    """
    _export_audience("linkedin_companies", workspace_path, run_id, by, hashed=False, json=as_json)


@export.command("linkedin-contacts")
@click.option("--run", "run_id", help="The plan whose accounts; by default the newest.")
@click.option("--hashed/--plain", default=True, show_default=True, help="E-mail as SHA-256.")
@author_option
@workspace_option
@json_option
def linkedin_contacts(
    workspace_path: Path | None, run_id: str | None, hashed: bool, by: str, as_json: bool
) -> None:
    """Write the committees of the plan's accounts as a LinkedIn contact list.

    Suppressed persons and the holdout stay out; a row that cannot be checked does not leave.

    Example:
      signoff export linkedin-contacts --hashed
    """
    _export_audience("linkedin_contacts", workspace_path, run_id, by, hashed=hashed, json=as_json)


@export.command("google-customer-match")
@click.option("--run", "run_id", help="The plan whose accounts; by default the newest.")
@click.option("--hashed/--plain", default=True, show_default=True, help="Fields as SHA-256.")
@author_option
@workspace_option
@json_option
def google_customer_match(
    workspace_path: Path | None, run_id: str | None, hashed: bool, by: str, as_json: bool
) -> None:
    """Write the committees of the plan's accounts as a Google Customer Match list.

    Suppressed persons and the holdout stay out; a row that cannot be checked does not leave.

    Example:
      signoff export google-customer-match --hashed
    """
    _export_audience(
        "google_customer_match", workspace_path, run_id, by, hashed=hashed, json=as_json
    )


@export.command("media-plan")
@click.option("--run", "run_id", help="Which plan; by default the newest.")
@click.option("--format", "form", type=click.Choice(["xlsx", "csv"]), default="xlsx")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Into which folder.")
@workspace_option
@json_option
def media_plan(
    workspace_path: Path | None, run_id: str | None, form: str, out: Path | None, as_json: bool
) -> None:
    """Write the media plan as a workbook or as CSV: a line for each venue.

    Example:
      signoff export media-plan --format csv --out .
    """
    from signoff.plan import load_plan

    workspace = open_here(workspace_path)
    found = load_plan(workspace, run_id=run_id)
    folder = out or workspace.exports_dir
    (path,) = write_report(found, (form,), folder=folder, language=None)
    if as_json:
        print_json({"run_id": found.run_id, "files": [path]})
    else:
        click.echo(path)


def _export_audience(
    platform: str,
    workspace_path: Path | None,
    run_id: str | None,
    by: str,
    *,
    hashed: bool,
    json: bool,
) -> None:
    from signoff.plan import list_target_accounts, load_plan
    from signoff.store.exports import export_matched_audience

    workspace = open_here(workspace_path)
    found = load_plan(workspace, run_id=run_id)
    receipt = export_matched_audience(
        workspace,
        platform=platform,
        account_ids=list_target_accounts(workspace, run_id=found.run_id),
        by=by,
        at=datetime.now(UTC),
        hashed=hashed,
    )
    show(receipt, as_json=json)
