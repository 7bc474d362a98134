"""Where everything is: the pages of the areas, each behind its right, and nothing else."""

from itertools import groupby

from django.urls import include, path

from signoff.app.web.addresses import list_pages
from signoff.app.web.api.interface import make_api
from signoff.app.web.pages import route

__all__ = ["urlpatterns"]

urlpatterns = [
    path("", include(([route(page) for _area, page in pages], area)))
    for area, pages in groupby(list_pages(), key=lambda pair: pair[0])
]
urlpatterns += [path("api/v1/", make_api().urls)]

handler400 = "signoff.app.web.failures.bad_request"
handler403 = "signoff.app.web.failures.refused"
handler404 = "signoff.app.web.failures.not_found"
handler500 = "signoff.app.web.failures.broken"
