"""Starts the application on a workspace: tables up to date, static files ready, then listens."""

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from signoff.errors import DataError, SignoffError

if TYPE_CHECKING:
    from signoff.app.jobs import Worker

__all__ = ["ServerOptions", "make_application", "serve_workspace"]


@dataclass(frozen=True)
class ServerOptions:
    """How the server listens.

    Attributes:
        host: Address to listen on.
        port: Port; 0 for any that is free.
        address: Address under which others reach it; empty for this machine alone.
        threads: Requests answered at the same time; more of them wait for each other in Python
            and make every page slower, others queue.
        works: Whether this process does the jobs as well.
    """

    host: str = "127.0.0.1"
    port: int = 8150
    address: str = ""
    threads: int = 3
    works: bool = True


def serve_workspace(folder: Path, *, options: ServerOptions) -> None:
    """Serve a workspace until the process is ended.

    Args:
        folder: The workspace.
        options: Host, port, address, threads.

    Raises:
        DataError: the workspace cannot be opened, or the port is taken.
    """
    from waitress.server import create_server

    application = make_application(folder, address=options.address)
    try:
        server = create_server(
            application,
            host=options.host,
            port=options.port,
            threads=options.threads,
            ident="signoff",
            max_request_body_size=2 * 1024**3,
            clear_untrusted_proxy_headers=not options.address,
        )
    except OSError as error:
        raise DataError(
            f"the server cannot listen on {options.host}:{options.port}",
            why=str(error),
            fix="choose another port with --port, or end the program that uses it",
        ) from error
    port = options.port or server.effective_port
    base = options.address or f"http://{options.host}:{port}"
    _tell(f"Signoff is ready: {base}")
    _tell_first_run(base)
    with _working(works=options.works):
        try:
            server.run()
        finally:
            server.close()


def make_application(folder: Path, *, address: str = "") -> Any:
    """Give the WSGI application of a workspace, its tables brought up to date.

    Args:
        folder: The workspace.
        address: Address under which others reach it.

    Returns:
        A WSGI application.
    """
    os.environ["SIGNOFF_WORKSPACE"] = str(folder.resolve())
    os.environ["SIGNOFF_ADDRESS"] = address
    os.environ["DJANGO_SETTINGS_MODULE"] = "signoff.app.web.settings"
    import django
    from django.core.wsgi import get_wsgi_application

    from signoff.app.web.readiness import make_ready

    django.setup()
    make_ready()
    return get_wsgi_application()


@contextmanager
def _working(*, works: bool) -> Iterator[None]:
    """Do jobs beside the pages; the first page need not wait until the worker has begun."""
    if not works:
        yield
        return
    from signoff.app.jobs import Worker
    from signoff.app.web.place import current_workspace

    worker = Worker(current_workspace())
    beginning = threading.Thread(target=_begin, args=(worker,), name="signoff-worker", daemon=True)
    beginning.start()
    try:
        yield
    finally:
        beginning.join()
        if not worker.stop():
            # a step that does not notice is cut off, which loses nothing: it is begun anew
            sys.stderr.flush()
            os._exit(0)


def _begin(worker: "Worker") -> None:
    """Start the worker; pages are served without it as well, and say that none runs."""
    try:
        worker.start()
    except SignoffError as error:
        _tell(error.text())


def _tell_first_run(base: str) -> None:
    """Print the link that makes the owner's account, as long as nobody has one."""
    from signoff.app.web.people.first_run import first_run_address

    address = first_run_address(base)
    if address:
        _tell(f"Nobody has an account yet. Make the owner's here, once, within a day: {address}")


def _tell(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()
