"""The accounts as a file: all that fit the address, not one page of them."""

from pathlib import Path
from tempfile import TemporaryDirectory

from django.http import FileResponse, HttpRequest

from signoff.app.web.audience.aim import newest_aim
from signoff.app.web.audience.listing import account_heads
from signoff.app.web.lake_tables import read_request
from signoff.app.web.left_alone import without_suppressed
from signoff.app.web.place import current_workspace, lake_engine
from signoff.audience import export_accounts

__all__ = ["download_accounts"]


def download_accounts(request: HttpRequest) -> FileResponse:
    """Give the accounts as CSV, XLSX, Parquet or JSON, but none that is suppressed; no person."""
    form = request.GET.get("export", "csv")
    exports, aim = current_workspace().exports_dir, newest_aim()
    heads = account_heads(with_plan=bool(aim.plan_id))
    _state, asked = read_request(request.GET, heads, sets=("roles_missing",))
    with TemporaryDirectory(prefix=".accounts-", dir=exports) as folder, lake_engine() as engine:
        made = export_accounts(
            engine,
            without_suppressed(asked, engine),
            form=form,
            path=Path(folder) / f"accounts.{form}",
            committee=aim.committee,
            plan_id=aim.plan_id,
        )
        # the name goes with the folder; the open file is sent to its end
        file = made.path.open("rb")
    return FileResponse(file, as_attachment=True, filename=f"accounts.{made.form.value}")
