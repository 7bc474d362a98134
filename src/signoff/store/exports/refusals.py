"""When a platform would refuse a list, so that it is refused here, with what is missing."""

from signoff.errors import DataError
from signoff.store.exports.platforms import RULES, Platform
from signoff.store.exports.rows import Audience
from signoff.store.formats.meta.restrictions import LARGEST_SENSITIVE_SHARE

__all__ = ["find_refusal", "list_notes", "refuse_large_file"]

WORDS = {"health": "health care", "finance": "finance and insurance"}


def find_refusal(platform: Platform, audience: Audience) -> DataError | None:
    """Say why a platform would refuse a list; None when it would not.

    Args:
        platform: Which list.
        audience: Its lines.

    Returns:
        What, why and how to mend it.
    """
    rules, n_rows = RULES[platform], len(audience.lines)
    if n_rows < rules.fewest_rows:
        out = "; ".join(f"{n:,} {why}" for why, n in sorted(audience.left_out.items()))
        return DataError(
            f"the list has {n_rows:,} rows and {platform.value} needs {rules.fewest_rows:,}: "
            f"{rules.fewest_rows - n_rows:,} are missing",
            why=f"left out were: {out or 'nobody'}",
            fix="add accounts or import more contacts; nothing was written",
        )
    if rules.largest_rows and n_rows > rules.largest_rows:
        return DataError(
            f"the list has {n_rows:,} rows; {platform.value} takes {rules.largest_rows:,}",
            why="the platform refuses longer lists",
            fix="export fewer accounts at a time; nothing was written",
        )
    return _restricted(audience) if platform is Platform.META_CUSTOM_AUDIENCE else None


def list_notes(platform: Platform, audience: Audience) -> tuple[str, ...]:
    """Say what the platform may object to, though the list is written."""
    n_sensitive, n_rows = _n_sensitive(audience), len(audience.lines)
    if platform is not Platform.META_CUSTOM_AUDIENCE or not n_sensitive:
        return ()
    note = (
        f"{n_sensitive:,} of {n_rows:,} people work in health care, finance or insurance. Meta "
        "blocks audiences that suggest people's health or money: give this one a name that says "
        "neither."
    )
    return (note,)


def refuse_large_file(platform: Platform, n_bytes: int) -> None:
    """Refuse a file that is larger than the platform takes.

    Raises:
        DataError: it is.

    >>> refuse_large_file(Platform.LINKEDIN_CONTACTS, 1_000)
    """
    largest = RULES[platform].largest_bytes
    if largest and n_bytes > largest:
        raise DataError(
            f"the list has {n_bytes / 1e6:.1f} MB; {platform.value} takes {largest / 1e6:.0f} MB",
            why="the platform refuses larger files",
            fix="export fewer accounts at a time; nothing was written",
        )


def _n_sensitive(audience: Audience) -> int:
    return sum(audience.branches[branch] for branch in WORDS)


def _restricted(audience: Audience) -> DataError | None:
    n_rows = len(audience.lines)
    for branch, words in WORDS.items():
        n_branch = audience.branches[branch]
        if n_branch >= LARGEST_SENSITIVE_SHARE * n_rows:
            return DataError(
                f"{n_branch:,} of {n_rows:,} people on the list work in {words}",
                why="since September 2025 Meta blocks audiences that suggest people's health or "
                "money, and such a list says it of everybody on it",
                fix="reach them on another platform, or export accounts of other industries with "
                "them; nothing was written",
            )
    return None
