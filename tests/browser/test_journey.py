"""One team's first day, in both languages: from an empty workspace to a plan that is shared."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from browser.conftest import TUTORIAL, Site, serve
from browser.inspection import await_truth
from signoff.store.register import ImportState, list_imports, list_runs
from signoff.store.settings import Settings
from signoff.store.workspace import create_workspace, open_workspace

PASSWORD = "correct horse battery staple"
JOB_SECONDS = 180
Open = Callable[..., Any]

pytestmark = pytest.mark.slow


@pytest.fixture
def first_day(tmp_path: Path) -> Iterator[Site]:
    """Give a server on a workspace that nobody has entered yet."""
    folder = tmp_path / "first-day"
    create_workspace(folder, settings=Settings(name="First day"), at=datetime.now(UTC))
    process, served = serve(folder)
    yield served
    process.terminate()
    process.wait(30)


@pytest.fixture
def enter(browser: Any, first_day: Site) -> Iterator[Open]:
    """Give a function that opens a page for one more person, who notes what goes wrong."""
    contexts = []

    def open_page(language: str) -> Any:
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        contexts.append(context)
        cookie = {"name": "signoff_language", "value": language, "url": first_day.address}
        context.add_cookies([cookie])
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.troubles = []
        page.on("pageerror", lambda error: page.troubles.append(f"error: {error}"))
        page.on("dialog", lambda dialog: dialog.accept())
        page.on(
            "response",
            lambda answer: (
                page.troubles.append(f"{answer.status} {answer.url}")
                if answer.status >= 400
                else None
            ),
        )
        page.on(
            "console",
            lambda said: page.troubles.append(said.text) if "Security" in said.text else None,
        )
        return page

    yield open_page
    for context in contexts:
        context.close()


def join(page: Any, address: str, *, name: str, email: str) -> None:
    """Make an account by a link."""
    page.goto(address)
    page.fill("input[name=name]", name)
    if page.locator("input[name=email]:not([type=hidden])").count():
        page.fill("input[name=email]", email)
    for field in page.locator("input[type=password]").all():
        field.fill(PASSWORD)
    page.locator("main button.main").click()
    page.wait_for_url(re.compile(r"^http://[^/]+/(\?.*)?$"))


def wait_for_job(page: Any) -> None:
    """Wait until the job of this page is over, and follow it to what came of it."""
    page.wait_for_selector("#job a.main", timeout=JOB_SECONDS * 1000)
    page.locator("#job a.main").click()
    page.wait_for_load_state()


def bring_in(page: Any, site: Site, name: str) -> None:
    """Upload one file, look at its columns and its preview, and import it."""
    page.goto(f"{site.address}/imports/upload")
    assert page.locator("input[type=file]").count(), (page.url, page.troubles, page.content())
    page.set_input_files("input[type=file]", str(TUTORIAL / name))
    page.locator("form[enctype] button.main").click()
    page.wait_for_load_state()
    if not page.url.endswith("/preview"):
        page.locator("main form button.main").last.click()
        page.wait_for_load_state()
    page.locator('form[action$="/import"] button.main').click()
    wait_for_job(page)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_first_day_from_empty_workspace_to_shared_plan(
    language: str, first_day: Site, enter: Open
) -> None:
    workspace = open_workspace(first_day.folder)
    planner = invite_a_planner(first_day, enter, language=language)
    import_and_mend(planner, first_day)
    assert n_live(workspace, "account") == 2  # the file, and the row that was mended
    for name in ("contacts.csv", "venue.csv", "rate.csv", "venue_audience.csv"):
        bring_in(planner, first_day, name)
    write_a_brief(planner, first_day)
    run_id = plan(planner, first_day)
    assert run_id == list_runs(workspace.register, command="plan")[0].run_id
    move_the_slider(planner, first_day, run_id)
    try_a_scenario(planner, first_day, run_id)
    share(planner, first_day, run_id, visitor=enter(language))
    export(planner, first_day, run_id)
    take_back(planner, first_day, workspace)
    assert planner.troubles == []


def invite_a_planner(site: Site, enter: Open, *, language: str) -> Any:
    """Make the owner's account by the printed link, invite a planner, and let them join."""
    welcome = site.await_words(r"http://\S+/welcome/\S+")
    owner = enter(language)
    join(owner, welcome, name="Odile", email="odile@acme.example")
    assert owner.locator("html").get_attribute("lang") == language
    owner.goto(f"{site.address}/people/invitations")
    form = owner.locator("main form[method=post]").filter(has=owner.locator("input[name=label]"))
    form.locator("input[name=label]").fill("Paul")
    form.locator("input[name=email]").fill("paul@acme.example")
    form.locator("select[name=role]").select_option("planner")
    form.locator("button.main").click()
    link = owner.input_value("#once")
    assert owner.troubles == []
    planner = enter(language)
    join(planner, link, name="Paul", email="paul@acme.example")
    return planner


def import_and_mend(page: Any, site: Site) -> None:
    """Import accounts of which one row is bad, mend it in the page and bring it in."""
    bring_in(page, site, "accounts.csv")
    assert "about 200" in page.locator("main").inner_text()
    page.locator('a[href$="/mend"]').click()
    cell = page.locator("input[aria-invalid=true]").first
    cell.fill("200")
    page.locator("main form button.main").click()
    page.wait_for_load_state()
    page.locator('form[action$="/import"] button.main').click()
    wait_for_job(page)


def write_a_brief(page: Any, site: Site) -> None:
    """Keep the brief to start from as the first version of a brief."""
    page.goto(f"{site.address}/documents/new/brief")
    if page.locator("input[name=name]").count():
        page.fill("input[name=name]", "spring")
    page.locator("main form button.main").first.click()
    page.wait_for_load_state()
    if page.locator("button[name=act][value=save]").count():
        page.locator("button[name=act][value=save]").first.click()
        page.wait_for_load_state()
    assert "spring" in page.locator("main").inner_text()


def plan(page: Any, site: Site) -> str:
    """Make a plan of the brief; give its run."""
    page.goto(f"{site.address}/plans/new")
    page.locator("main form button.main").click()
    wait_for_job(page)
    found = re.search(r"/plans/([0-9a-f]+)", page.url)
    assert found, page.url
    return found[1]


def move_the_slider(page: Any, site: Site, run_id: str) -> None:
    """Fit the plan, move the slider, and see the answer change without a new page."""
    page.goto(f"{site.address}/venues/{run_id}")
    if page.locator('form[action$="/fit"]').count():
        page.locator('form[action$="/fit"] button').click()
        wait_for_job(page)
        page.goto(f"{site.address}/venues/{run_id}")
    before = page.locator("#answer [data-budget]").get_attribute("data-budget")
    page.wait_for_selector("#curve canvas")
    page.locator("#slider").focus()
    page.keyboard.press("End")
    shown = "document.querySelector('#answer [data-budget]').dataset.budget"
    await_truth(page, f"{shown} !== '{before}'")


def try_a_scenario(page: Any, site: Site, run_id: str) -> None:
    """Ask for a scenario and see it beside the plan."""
    page.goto(f"{site.address}/venues/{run_id}")
    page.fill("input[name=title]", "Half")
    page.fill("form[action$='/new'] input[name=budget]", "45000")
    page.locator("form[action$='/new'] button.main").click()
    page.wait_for_selector("#job a.main", timeout=JOB_SECONDS * 1000)
    page.goto(f"{site.address}/venues/{run_id}/scenarios")
    assert "Half" in page.locator("table").inner_text()


def share(page: Any, site: Site, run_id: str, *, visitor: Any) -> None:
    """Give the plan to somebody outside by a link, and read it there without signing in."""
    page.goto(f"{site.address}/sharing/new/{run_id}")
    page.fill("input[name=name]", "The agency")
    page.locator("main form button.main").click()
    link = page.locator("main input[readonly]").input_value()
    answer = visitor.goto(link)
    assert answer.status == 200
    assert "noindex" in answer.headers["x-robots-tag"]
    assert visitor.troubles == []


def export(page: Any, site: Site, run_id: str) -> None:
    """Take the media plan out as a workbook."""
    page.goto(f"{site.address}/plans/{run_id}")
    with page.expect_download() as started:
        page.locator(f'a[href*="/plans/{run_id}/download/xlsx"]').first.click()
    assert Path(started.value.path()).stat().st_size > 1000


def take_back(page: Any, site: Site, workspace: Any) -> None:
    """Undo the import of the contacts."""
    entry = next(e for e in list_imports(workspace.register) if e.table_name == "contact")
    page.goto(f"{site.address}/imports/{entry.import_id}/undo")
    page.locator("main form button.danger, main form button.main").first.click()
    wait_for_job(page)
    states = {e.import_id: e.state for e in list_imports(workspace.register)}
    assert states[entry.import_id] is ImportState.UNDONE


def n_live(workspace: Any, table: str) -> int:
    """Count the imports of a table that count."""
    entries = list_imports(workspace.register)
    return sum(e.table_name == table and e.state is ImportState.LIVE for e in entries)
