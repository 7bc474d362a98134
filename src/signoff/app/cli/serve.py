"""`signoff serve`: the web application on a workspace."""

from pathlib import Path

import click

from signoff.app.cli.command import Command
from signoff.app.cli.options import workspace_option
from signoff.app.cli.place import find_workspace

__all__ = ["serve"]


@click.command(cls=Command)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8150, show_default=True, type=click.IntRange(0, 65535))
@click.option(
    "--address",
    default="",
    envvar="SIGNOFF_ADDRESS",
    help="Address under which others reach it, as https://signoff.example.com.",
)
@click.option("--threads", default=3, show_default=True, type=click.IntRange(1, 64))
@click.option(
    "--worker/--no-worker",
    "works",
    default=True,
    help="Do jobs as well, or leave them to signoff worker.",
)
@workspace_option
def serve(
    workspace_path: Path | None, host: str, port: int, address: str, threads: int, works: bool
) -> None:
    """Serve the web application.

    At the first start it prints an address with a token, by which the owner's account is made.
    Others on the network reach it only when --host and --address say so.

    Example:
      signoff serve -w campaign
      signoff serve -w campaign --host 0.0.0.0 --address https://signoff.example.com
    """
    from signoff.app.web.server import ServerOptions, serve_workspace

    folder = find_workspace(workspace_path, start=Path.cwd())
    serve_workspace(
        folder,
        options=ServerOptions(host=host, port=port, address=address, threads=threads, works=works),
    )
