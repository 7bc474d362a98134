"""The group of commands `signoff venues`."""

import click

from signoff.app.cli.lazy import LazyCommand, LazyGroup

__all__ = ["venues"]

HERE = "signoff.app.cli.venues"
COMMANDS = {
    "assumptions": LazyCommand(
        f"{HERE}.assumptions:assumptions",
        "Show what is assumed of each kind of venue where nothing is known, with its source.",
    ),
    "budget": LazyCommand(
        f"{HERE}.budget:budget",
        "The least budget for a wanted result, or what another budget would bring.",
    ),
    "compare": LazyCommand(
        f"{HERE}.compare:compare",
        "How likely the plan is to beat what is bought at present.",
    ),
    "learn": LazyCommand(
        f"{HERE}.learn:learn",
        "What to learn next: which survey or test is worth most before the money is spent.",
    ),
    "limits": LazyCommand(
        f"{HERE}.limits:limits",
        "What each limit of a plan costs, and what the next 1,000 would add at each venue.",
    ),
    "list": LazyCommand(
        f"{HERE}.list:list_",
        "List the venues for a brief: prices in its currency, minimums, audience, sources.",
    ),
    "plan": LazyCommand(
        f"{HERE}.plan:plan",
        "Plan the money of a problem in a file: most result for a budget, with its proof.",
    ),
    "reach": LazyCommand(
        f"{HERE}.reach:reach",
        "Net reach and frequency of a schedule from reach per venue and pairs: CSV, XLSX.",
    ),
    "survey": LazyCommand(
        f"{HERE}.survey:survey",
        "What a weighted survey says of audiences, and how sure it is: CSV, XLSX, Parquet.",
    ),
}


@click.group(cls=LazyGroup, lazy=COMMANDS)
def venues() -> None:
    """Where the committees can be reached.

    Example:
      signoff venues list brief.toml
      signoff venues plan problem.toml
      signoff venues reach venues.csv --duplication pairs.csv
      signoff venues budget --result 12
    """
