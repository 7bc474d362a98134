"""The workspace of the process, and its lake kept open."""

from concurrent.futures import ThreadPoolExecutor

from signoff.app.web.place import forget_workspace, lake_engine
from signoff.store.engines import Statement
from signoff.store.workspace import Workspace

COUNT = Statement(name="accounts", reads=("account",), sql="SELECT COUNT(*) AS n FROM account")


def count(_number: int) -> int:
    with lake_engine() as engine:
        return int(engine.rows(COUNT)[0]["n"])


def test_lake_engine_gives_many_threads_the_same_facts(filled_workspace: Workspace) -> None:
    with ThreadPoolExecutor(4) as crowd:
        found = set(crowd.map(count, range(8)))
    assert len(found) == 1
    assert found.pop() > 0


def test_lake_engine_reads_on_after_the_workspace_was_forgotten(
    filled_workspace: Workspace,
) -> None:
    with lake_engine() as engine:
        before = engine.rows(COUNT)
        forget_workspace()
        assert engine.rows(COUNT) == before
    assert count(0) == before[0]["n"]
