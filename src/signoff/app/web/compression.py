"""Answers made smaller on their way, but for files: theirs is time that the visitor waits."""

from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware

__all__ = ["PageCompressionMiddleware"]


class PageCompressionMiddleware(GZipMiddleware):
    """Compress pages; a file to download goes as it is, since most forms are compressed already."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Compress an answer, unless it is a file."""
        if response.get("Content-Disposition", "").startswith("attachment"):
            return response
        return super().process_response(request, response)
