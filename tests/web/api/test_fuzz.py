"""The API by its own description, fuzzed: no 5xx, no undocumented answer (fault 29)."""

from datetime import timedelta
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode

from signoff.app.web.api.tokens import SCOPES, give_token
from signoff.store.workspace import Workspace

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
N_CASES = 12  # for each operation, well-formed and ill-formed each
LEFT_OUT = (
    "ignored_auth",  # tests of our own hold it
    "positive_data_acceptance",  # a brief may be well-formed and say nonsense: 400, as described
    "negative_data_rejection",  # a parameter that nobody asked for is passed over
)
BOUNDED = settings(
    max_examples=N_CASES,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)


def operations() -> list[Any]:
    """List the operations of the API."""
    from signoff.app.web.api.interface import make_api

    paths = make_api().get_openapi_schema(path_prefix="/api/v1/")["paths"]
    return [(path, method) for path, methods in paths.items() for method in methods]


@pytest.fixture
def schema(filled_workspace: Workspace) -> Any:
    """Load the description as the server gives it."""
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", WSGIHandler())


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize(("path", "method"), operations())
def test_operation_answers_as_described(
    path: str,
    method: str,
    mode: GenerationMode,
    schema: Any,
    filled_workspace: Workspace,
    member: Any,
) -> None:
    ends = timezone.now() + timedelta(hours=1)
    token = give_token(
        filled_workspace.register, member("owner"), name="fuzz", scopes=SCOPES, expires_at=ends
    )
    headers = {"Authorization": f"Bearer {token}", "Accept-Encoding": "identity"}
    left = [schemathesis.checks.CHECKS.get_one(name) for name in LEFT_OUT]

    @BOUNDED
    @given(case=schema[path][method.upper()].as_strategy(generation_mode=mode))
    def fuzz(case: Any) -> None:
        case.call_and_validate(headers=headers, excluded_checks=left)

    fuzz()
