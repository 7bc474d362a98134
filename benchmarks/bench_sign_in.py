"""What a stranger learns from the time that signing in takes: known and unknown addresses.

Each is tried with a wrong password, in turn, under the passwords' real hash (scrypt); medians and
the middle half are printed. The same for asking for a forgotten password.
python benchmarks/bench_sign_in.py
"""

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from signoff.app.web.server import make_application
from signoff.store.settings import Settings
from signoff.store.workspace import create_workspace

N_TRIES = 60


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder) / "workspace"
        create_workspace(workspace, settings=Settings(name="Acme"), at=datetime.now(UTC))
        make_application(workspace)
        from django.conf import settings

        settings.ALLOWED_HOSTS = ["testserver"]
        from signoff.app.web.people.models import Member

        for n in range(N_TRIES):
            email = f"known{n}@acme.example"
            Member.objects.create_user(email, "a phrase of theirs", name="A", role="viewer")
        told = {"load": os.getloadavg()[0], "sign in": compare(sign_in), "forgotten": compare(ask)}
    sys.stdout.write(json.dumps(told, indent=2) + "\n")


def compare(attempt: Callable[[str], None]) -> dict[str, list[float]]:
    """Try known and unknown addresses in turn; milliseconds: lower quartile, median, upper."""
    times: dict[str, list[float]] = {"known": [], "unknown": []}
    for n in range(N_TRIES):
        for kind, spent in times.items():
            begun = time.perf_counter()
            attempt(f"{kind}{n}@acme.example")
            spent.append((time.perf_counter() - begun) * 1000)
    return {kind: [round(q, 1) for q in statistics.quantiles(t)] for kind, t in times.items()}


def sign_in(email: str) -> None:
    from django.test import Client

    answer = Client().post("/sign-in", {"username": email, "password": "a guess at it"})
    if answer.status_code != 200:
        raise RuntimeError(answer.status_code)


def ask(email: str) -> None:
    from django.test import Client

    from signoff.app.web.people.models import Attempts

    Attempts.objects.all().delete()  # a place that asks often is held up
    Client().post("/sign-in/forgotten", {"email": email})


if __name__ == "__main__":
    main()
