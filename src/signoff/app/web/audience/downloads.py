"""The accounts as a file: all that fit the address, not one page of them."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from django.http import FileResponse, HttpRequest

from signoff.app.web.audience.aim import newest_aim
from signoff.app.web.audience.listing import account_heads
from signoff.app.web.lake_tables import read_request
from signoff.app.web.left_alone import without_suppressed
from signoff.app.web.place import current_workspace, lake_engine
from signoff.audience import export_accounts
from signoff.store.browse import Download, TableRequest
from signoff.store.lake import PooledEngine

__all__ = ["download_accounts", "send_accounts"]

Write = Callable[[PooledEngine, TableRequest, Path], Download]


def download_accounts(request: HttpRequest) -> FileResponse:
    """Give the accounts as CSV, XLSX, Parquet or JSON, but none that is suppressed; no person."""
    form, aim = request.GET.get("export", "csv"), newest_aim()
    heads = account_heads(with_plan=bool(aim.plan_id))
    _state, asked = read_request(request.GET, heads, sets=("roles_missing",))

    def write(engine: PooledEngine, wanted: TableRequest, path: Path) -> Download:
        return export_accounts(
            engine, wanted, form=form, path=path, committee=aim.committee, plan_id=aim.plan_id
        )

    return send_accounts(asked, name="accounts", form=form, write=write)


def send_accounts(asked: TableRequest, *, name: str, form: str, write: Write) -> FileResponse:
    """Write a table of accounts into a file and send it; suppressed accounts are left out.

    Args:
        asked: What the address asks for.
        name: Name of the file, without its ending.
        form: csv, xlsx, parquet or json.
        write: Writes the rows of a request into a file.
    """
    exports = current_workspace().exports_dir
    with TemporaryDirectory(prefix=f".{name}-", dir=exports) as folder, lake_engine() as engine:
        made = write(engine, without_suppressed(asked, engine), Path(folder) / f"{name}.{form}")
        # the name goes with the folder; the open file is sent to its end
        file = made.path.open("rb")
    return FileResponse(file, as_attachment=True, filename=f"{name}.{made.form.value}")
