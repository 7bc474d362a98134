"""The reference page of the ad formats: `python -m signoff.messages.manual`."""

import sys

from signoff.messages.formats import AdFormat, PartRule, ad_formats

__all__ = ["ad_format_manual"]

HEADER = """\
# Ad formats

Made from `src/signoff/messages/data/formats.toml` by `python -m signoff.messages.manual`; do not
edit by hand.

No text passes a limit; a text beyond what is advised gets a warning. Where sources disagree, the
smaller number is advised and the larger is the limit. Formats without a source are assumptions of
ours: a venue's own rules replace them.

| format | part | how many | limit | advised | source | gathered | note |
|---|---|---|---|---|---|---|---|
"""


def ad_format_manual() -> str:
    """Give the reference page of the ad formats.

    Returns:
        Markdown: one row for each part of each format.

    >>> ad_format_manual().splitlines()[0]
    '# Ad formats'
    """
    rows = [_row(item, part) for item in ad_formats().values() for part in item.parts]
    return HEADER + "\n".join(rows) + "\n"


def _row(item: AdFormat, part: PartRule) -> str:
    count = str(part.most) if part.least == part.most else f"{part.least} to {part.most}"
    advised = "" if part.advised is None else str(part.advised)
    cells = (
        f"{item.name} (`{item.id}`)",
        part.name,
        count,
        f"{part.limit:,} {part.unit}",
        advised,
        item.source or "assumption",
        item.gathered_on,
        item.note,
    )
    return "| " + " | ".join(cells) + " |"


if __name__ == "__main__":
    sys.stdout.write(ad_format_manual())
