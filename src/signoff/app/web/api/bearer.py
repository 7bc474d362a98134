"""The token of a request: whose it is, and whether its scope allows the operation."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from ninja.security import HttpBearer

from signoff.app.web.api.tokens import find_token, may
from signoff.app.web.people.factors import must_set_up
from signoff.app.web.people.models import Member
from signoff.app.web.rights import Right

__all__ = ["Bearer", "FactorLackingError", "author"]


class FactorLackingError(PermissionDenied):
    """A second factor is asked of the token's member, who has none."""


class Bearer(HttpBearer):
    """Lets in whoever sends a live token with the scope, whose member has the right as well."""

    def __init__(self, right: Right) -> None:
        super().__init__()
        self.right = right

    def authenticate(self, request: HttpRequest, token: str) -> Member | None:  # noqa: ARG002 - ninja hands it over
        """Give the member whose token it is.

        Raises:
            FactorLackingError: a second factor is asked of its member, who has none.
            PermissionDenied: the token is live, its scope or its member's role does not suffice.
        """
        found = find_token(token)
        if found is None:
            return None
        if must_set_up(found.member):
            raise FactorLackingError
        if self.right.value not in found.scopes or not may(found.member, self.right):
            raise PermissionDenied
        member: Member = found.member
        return member


def author(request: HttpRequest) -> str:
    """Give who does this, for the audit."""
    return str(request.auth.email)
