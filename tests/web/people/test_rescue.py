"""The way back in when no owner can sign in."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from signoff.app.web.people.codes import has_second_factor
from signoff.app.web.people.factors import set_up_factor
from signoff.app.web.people.rescue import rescue_member
from signoff.errors import DataError
from signoff.store.register import list_audit
from signoff.store.workspace import Workspace

pytestmark = pytest.mark.django_db


def test_rescue_member_gives_link_and_takes_factor_away(
    workspace: Workspace, member: Callable[..., Any]
) -> None:
    owner = member("owner")
    set_up_factor(owner, "JBSWY3DPEHPK3PXP", code="000000", by="a")
    link = rescue_member("Owner@acme.example", base="http://127.0.0.1:8150", drops_factor=True)
    assert Client().get(link.removeprefix("http://127.0.0.1:8150")).status_code == 200
    assert not has_second_factor(owner)
    assert list_audit(workspace.register)[-1].act.by == "console"


def test_rescue_member_of_nobody_is_refused(workspace: Workspace) -> None:
    with pytest.raises(DataError, match="no member has this address"):
        rescue_member("x@acme.example", base="http://127.0.0.1")
