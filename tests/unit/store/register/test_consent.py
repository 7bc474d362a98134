"""On what footing contacts may be addressed."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from signoff.errors import DataError
from signoff.store.register import (
    Basis,
    Consent,
    Register,
    give_consent,
    list_audit,
    list_consents,
    withdraw_consent,
)

NOW = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
CONSENT = Consent("p1", "newsletter", Basis.CONSENT, "form", NOW)


def test_give_consent_comes_back_with_an_audit_row(register: Register) -> None:
    give_consent(register, CONSENT, by="bo", at=NOW)
    assert list_consents(register, person_id="p1") == [CONSENT]
    assert list_audit(register)[0].act.detail == {"purpose": "newsletter"}


def test_withdraw_consent_keeps_it_on_record(register: Register) -> None:
    give_consent(register, CONSENT, by="bo", at=NOW)
    wanted = {"person_id": "p1", "purpose": "newsletter", "by": "bo"}
    assert withdraw_consent(register, at=NOW, **wanted) == 1
    assert withdraw_consent(register, at=NOW, **wanted) == 0
    assert list_consents(register, person_id="p1") == [replace(CONSENT, withdrawn_at=NOW)]


@pytest.mark.parametrize(
    "change", [{"purpose": ""}, {"source": ""}, {"person_id": ""}, {"basis": "hope"}]
)
def test_give_consent_incomplete_is_refused(register: Register, change: dict[str, str]) -> None:
    with pytest.raises(DataError, match="cannot be written down"):
        give_consent(register, replace(CONSENT, **change), by="bo", at=NOW)  # type: ignore[arg-type]
