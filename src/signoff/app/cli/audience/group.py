"""The group of commands `signoff audience`."""

import click

from signoff.app.cli.lazy import LazyCommand, LazyGroup

__all__ = ["audience"]

HERE = "signoff.app.cli.audience"
COMMANDS = {
    "match": LazyCommand(
        f"{HERE}.match:match",
        "Find the records of a file that are the same firm: CSV, XLSX or Parquet.",
    ),
    "titles": LazyCommand(
        f"{HERE}.titles:titles",
        "Read job titles: function, level, and the likely roles in a buying committee.",
    ),
    "fit": LazyCommand(
        f"{HERE}.fit:fit",
        "Learn from won and lost deals which accounts fit, tried on a later period.",
    ),
    "durations": LazyCommand(
        f"{HERE}.durations:durations",
        "Learn from an approval log how long a yes takes: by level, by role, and in all.",
    ),
    "committees": LazyCommand(
        f"{HERE}.committees:committees",
        "Show the accounts of a brief's market, their committees, and the roles nobody knows yet.",
    ),
    "market-size": LazyCommand(
        f"{HERE}.market_size:market_size",
        "Show how many firms a market has, by imported counts, and how many of them are known.",
    ),
    "consent": LazyCommand(
        f"{HERE}.consent:consent",
        "Write down that a contact agreed, or refused: whoever refused leaves on no list.",
    ),
    "committee-defaults": LazyCommand(
        f"{HERE}.committee_defaults:committee_defaults",
        "Assume which roles a purchase needs, by buying class and price, each with its source.",
    ),
    "suppress": LazyCommand(
        f"{HERE}.people:suppress",
        "Leave a person, an address, a domain or a company alone for ever.",
    ),
    "lift": LazyCommand(
        f"{HERE}.people:lift", "Lift a suppression: an explicit act, kept in the audit."
    ),
    "erase": LazyCommand(
        f"{HERE}.people:erase",
        "Erase a person everywhere, for good: register, facts, lists, reports, rejected rows.",
    ),
    "person": LazyCommand(
        f"{HERE}.people:person",
        "Print all that is kept about a person, as JSON: the answer to a request for access.",
    ),
}


@click.group(cls=LazyGroup, lazy=COMMANDS)
def audience() -> None:
    """Who decides, at which businesses; and whom to leave alone.

    Example:
      signoff audience titles "Directeur des achats" "Head of IT"
      signoff audience committees brief.toml
    """
