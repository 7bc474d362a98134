"""What a scenario changes, as it is said on the command line."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from signoff.units import CommitteeRole

if TYPE_CHECKING:
    from signoff.plan import ScenarioChanges

__all__ = ["AskedChanges", "changes_options"]

ROLES = click.Choice([role.value for role in CommitteeRole])
DAY = click.DateTime(formats=["%Y-%m-%d"])
AMOUNTS = ("floor", "ceiling", "fixed_spend")


@dataclass(frozen=True)
class AskedChanges:
    """What was asked for.

    Attributes:
        path: A file with more changes.
        fields: Fields of `ScenarioChanges` that were given by options.
        excluded: Venues to leave out.
        used: Venues to use after all.
        amounts: Floors, ceilings and fixed sums, each as VENUE=AMOUNT.
    """

    path: Path | None
    fields: dict[str, Any]
    excluded: tuple[str, ...]
    used: tuple[str, ...]
    amounts: dict[str, Sequence[str]]

    def read(self) -> "ScenarioChanges":
        """Give the changes; every fault of file and options is told at once.

        Raises:
            BriefError: something cannot be read, or is no such change.
            click.BadParameter: an amount is not written as VENUE=AMOUNT.
        """
        from signoff.plan import read_changes

        text = "" if self.path is None else self.path.read_text("utf-8", errors="replace")
        fields = dict(self.fields)
        venues = self._venues()
        if venues:
            fields["venues"] = venues
        return read_changes(text, beside=fields)

    def _venues(self) -> list[dict[str, Any]]:
        found: dict[str, dict[str, Any]] = {}
        for venue in self.excluded:
            found.setdefault(venue, {"venue": venue})["exclude"] = True
        for venue in self.used:
            found.setdefault(venue, {"venue": venue})["exclude"] = False
        for name, said in self.amounts.items():
            for each in said:
                venue, mark, amount = each.partition("=")
                if not mark:
                    raise click.BadParameter(f"{each!r} is not written as VENUE=AMOUNT")
                found.setdefault(venue, {"venue": venue})[name] = amount
        return list(found.values())


def changes_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Let a command be told what a scenario changes.

    Args:
        command: The function; it gains `asked`, an `AskedChanges`.

    >>> made = click.command()(changes_options(lambda **given: given))
    >>> [option.name for option in made.params][:3]
    ['budget', 'starts_on', 'excluded']
    """

    def wrapped(**given: Any) -> Any:
        roles = [{"role": role} for role in given.pop("roles_added")]
        starts_on: datetime | None = given.pop("starts_on")
        fields = {
            "budget": given.pop("budget"),
            "starts_on": None if starts_on is None else starts_on.date(),
            "roles_added": roles or None,
            "roles_removed": list(given.pop("roles_removed")) or None,
            "exposures_needed": given.pop("exposures_needed"),
        }
        asked = AskedChanges(
            path=given.pop("changes_path"),
            fields={name: value for name, value in fields.items() if value is not None},
            excluded=given.pop("excluded"),
            used=given.pop("used"),
            amounts={name: given.pop(name) for name in AMOUNTS},
        )
        return command(asked=asked, **given)

    wrapped.__name__, wrapped.__doc__ = command.__name__, command.__doc__
    made: Callable[..., Any] = wrapped
    for option in reversed(_options()):
        made = option(made)
    made.__dict__["__click_params__"] += getattr(command, "__click_params__", [])
    return made


def _options() -> list[Callable[[Callable[..., Any]], Callable[..., Any]]]:
    several: dict[str, Any] = {"multiple": True, "metavar": "VENUE=AMOUNT"}
    file = click.Path(path_type=Path, exists=True, dir_okay=False)
    return [
        click.option("--budget", type=Decimal, help="Most that may be spent."),
        click.option("--starts-on", type=DAY, help="The first day; the last moves along."),
        click.option(
            "--exclude", "excluded", multiple=True, metavar="VENUE", help="Leave a venue out."
        ),
        click.option(
            "--use", "used", multiple=True, metavar="VENUE", help="Use an excluded venue after all."
        ),
        click.option("--floor", **several, help="Spend at least so much there."),
        click.option("--ceiling", **several, help="Spend at most so much there."),
        click.option("--fix", "fixed_spend", **several, help="Spend exactly so much there."),
        click.option(
            "--add-role", "roles_added", multiple=True, type=ROLES, help="A role that joins."
        ),
        click.option(
            "--remove-role", "roles_removed", multiple=True, type=ROLES, help="A role that leaves."
        ),
        click.option(
            "--exposures", "exposures_needed", type=int, help="Exposures that count as reached."
        ),
        click.option(
            "--changes", "changes_path", type=file, help="A TOML file with these and other changes."
        ),
    ]
