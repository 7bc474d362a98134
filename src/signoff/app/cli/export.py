"""`signoff export`: lists for ad platforms, with suppression applied; the media plan as a file."""

from pathlib import Path

import click

from signoff.app.cli.command import Group
from signoff.app.cli.lists import ListRequest, hashed_option, list_options, write_audience
from signoff.app.cli.options import author_option, json_option, workspace_option
from signoff.app.cli.output import print_json
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
@list_options
@author_option
@workspace_option
@json_option
def linkedin_companies(
    workspace_path: Path | None, request: ListRequest, by: str, as_json: bool
) -> None:
    """Write the plan's accounts as a LinkedIn company list.

    Suppressed accounts and the holdout stay out; a row that cannot be checked does not leave.

    Example:
      signoff export linkedin-companies --relationship prospect
    """
    write_audience(
        "linkedin_companies", workspace_path, request=request, by=by, hashed=False, as_json=as_json
    )


@export.command("linkedin-contacts")
@list_options
@hashed_option
@author_option
@workspace_option
@json_option
def linkedin_contacts(
    workspace_path: Path | None, request: ListRequest, hashed: bool, by: str, as_json: bool
) -> None:
    """Write the committees of the plan's accounts as a LinkedIn contact list.

    Suppressed persons, those who refused and the holdout stay out; a row that cannot be checked
    does not leave.

    Example:
      signoff export linkedin-contacts --hashed
    """
    write_audience(
        "linkedin_contacts", workspace_path, request=request, by=by, hashed=hashed, as_json=as_json
    )


@export.command("google-customer-match")
@list_options
@hashed_option
@author_option
@workspace_option
@json_option
def google_customer_match(
    workspace_path: Path | None, request: ListRequest, hashed: bool, by: str, as_json: bool
) -> None:
    """Write the committees of the plan's accounts as a Google Customer Match list.

    Suppressed persons, those who refused and the holdout stay out; a row that cannot be checked
    does not leave.

    Example:
      signoff export google-customer-match --hashed
    """
    write_audience(
        "google_customer_match",
        workspace_path,
        request=request,
        by=by,
        hashed=hashed,
        as_json=as_json,
    )


@export.command("meta-custom-audience")
@list_options
@author_option
@workspace_option
@json_option
def meta_custom_audience(
    workspace_path: Path | None, request: ListRequest, by: str, as_json: bool
) -> None:
    """Write the committees of the plan's accounts as a Meta custom audience.

    Suppressed persons, those who refused and the holdout stay out; a row that cannot be checked
    does not leave. Meta takes hashed lists only, and none of mostly health or finance.

    Example:
      signoff export meta-custom-audience --only-consented
    """
    write_audience(
        "meta_custom_audience", workspace_path, request=request, by=by, hashed=True, as_json=as_json
    )


@export.command("tiktok-audience")
@list_options
@hashed_option
@author_option
@workspace_option
@json_option
def tiktok_audience(
    workspace_path: Path | None, request: ListRequest, hashed: bool, by: str, as_json: bool
) -> None:
    """Write the committees of the plan's accounts as a TikTok customer file.

    Suppressed persons, those who refused and the holdout stay out; a row that cannot be checked
    does not leave.

    Example:
      signoff export tiktok-audience --preview
    """
    write_audience(
        "tiktok_audience", workspace_path, request=request, by=by, hashed=hashed, as_json=as_json
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
