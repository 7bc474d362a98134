"""The accounts as a file: all that fit the address, not one page of them."""

from django.http import HttpRequest, HttpResponse

from signoff.app.web.audience.listing import account_heads
from signoff.app.web.lake_tables import read_request
from signoff.app.web.place import lake_engine
from signoff.audience import list_accounts

__all__ = ["download_accounts"]


def download_accounts(request: HttpRequest) -> HttpResponse:
    """Give the accounts as CSV, XLSX or JSON."""
    _state, asked = read_request(request.GET, account_heads(), sets=("roles_missing",))
    with lake_engine() as engine:
        page = list_accounts(engine, asked)
    return HttpResponse(page.to_csv(), content_type="text/csv; charset=utf-8")
