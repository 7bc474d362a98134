"""Writes lines of a report: words of a catalog around numbers taken from the plan by their path."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from signoff.errors import DataError
from signoff.plan import CampaignPlan
from signoff.report.addresses import safe_address
from signoff.report.document import Block as AnyBlock
from signoff.report.document import (
    Column,
    Day,
    Line,
    Link,
    Number,
    Section,
    Span,
    Table,
    Verbatim,
    Words,
    numbers_of,
)
from signoff.report.trace import canonical_text, explain_path, look_up
from signoff.report.wording import Catalog
from signoff.units import Objective

__all__ = ["Scribe"]


@dataclass(frozen=True)
class Scribe:
    """What every section writes with.

    Attributes:
        plan: The plan; the only source of numbers.
        catalog: The words.
    """

    plan: CampaignPlan
    catalog: Catalog

    @property
    def counted(self) -> str:
        """What the result counts: the aim, or what reached roles add under the rule uplift."""
        aim = self.plan.brief.objective.aim
        is_uplift = aim is Objective.CONVERSIONS and self.plan.venues.rule == "uplift"
        return "uplift" if is_uplift else aim.value

    def word(self, key: str) -> str:
        """Give a text without places to fill."""
        return self.catalog.word(key)

    def term(self, family: str, name: str) -> Words:
        """Give the word for one of a closed vocabulary."""
        return Words(self.catalog.term(family, name))

    def say(self, key: str, **spans: Span | Line) -> Line:
        """Make a sentence, its places filled."""
        return self.catalog.say(key, **spans)

    def count(self, path: str) -> Number:
        """Show a whole number."""
        value = self._number(path)
        return self._traced(path, self.catalog.forms.number(value))

    def decimal(self, path: str, *, digits: int = 1) -> Number:
        """Show a number with so many decimals."""
        return self._traced(path, self.catalog.forms.number(self._number(path), digits=digits))

    def measure(self, path: str, *, within: str | None = None) -> Number:
        """Show a measured number, as fine as the estimate named by `within` is known."""
        shown = self.catalog.forms.measure(self._number(path), spread=self._spread(within))
        return self._traced(path, shown)

    def share(self, path: str, *, like: str | None = None) -> Number:
        """Show a share of 0 to 1 as percent."""
        model = None if like is None else float(self._number(like))
        shown = self.catalog.forms.share(float(self._number(path)), like=model)
        return self._traced(path, shown)

    def points(self, path: str) -> Number:
        """Show a difference of shares in percentage points, without the unit."""
        return self._traced(path, self.catalog.forms.points(float(self._number(path))))

    def money(self, path: str) -> Number:
        """Show an amount in the currency of the brief."""
        currency = self.plan.brief.money.currency
        shown = self.catalog.forms.money(self._number(path), currency=currency)
        return self._traced(path, shown)

    def estimate(self, path: str, *, as_share: bool = False) -> Line:
        """Show an estimate with its interval."""
        value, low, high = (f"{path}.{end}" for end in ("value", "low", "high"))
        shown = [
            self.share(end, like=value) if as_share else self.measure(end, within=path)
            for end in (value, low, high)
        ]
        return self.say("form.estimate", value=shown[0], low=shown[1], high=shown[2])

    def day(self, day: date) -> Day:
        """Show a date."""
        return Day(day.isoformat(), self.catalog.forms.day(day))

    def moment(self, at: datetime) -> Day:
        """Show a time in UTC."""
        return Day(at.isoformat(), self.catalog.forms.moment(at))

    def joined(self, lines: Sequence[Line], *, by: str = "form.comma") -> Line:
        """Put lines one after the other."""
        gap = Words(self.word(by))
        return tuple(
            span for index, line in enumerate(lines) for span in ((gap, *line) if index else line)
        )

    def listed(self, lines: Sequence[Line]) -> Line:
        """Put lines in one sentence, with "and" before the last; names may hold commas."""
        if len(lines) < 2:
            return self.joined(lines)
        has_commas = any("," in span.text for line in lines for span in line)
        by, last = (
            ("form.semicolon", "form.semicolon_and") if has_commas else ("form.comma", "form.and")
        )
        return self.joined([self.joined(lines[:-1], by=by), lines[-1]], by=last)

    def source(self, text: str | None, address: str | None) -> Line:
        """Name a source; it is a link only when its address is one of the web."""
        safe = safe_address(address)
        if safe:
            return (Link(safe, text or safe),)
        return (Verbatim(text or address or self.word("form.none")),)

    def table(
        self,
        anchor: str,
        *,
        columns: str,
        rows: Sequence[Sequence[Line]],
        caption: Line | None = None,
        anchor_as: str | None = None,
    ) -> Table:
        """Make a table; its caption and headings come from the catalog under its name.

        Args:
            anchor: Name of the table.
            columns: Names of the columns with spaces between; those of numbers begin with `#`,
                those of sentences with `+`.
            rows: Cells; the first of each row names it.
            caption: Caption, where it holds numbers.
            anchor_as: Name of its place in the page, where several tables share one name.
        """
        return Table(
            anchor=anchor_as or anchor,
            caption=caption or self.say(f"table.{anchor}.caption"),
            columns=tuple(
                Column(
                    self.word(f"table.{anchor}.{name.lstrip('#+')}"),
                    numeric=name.startswith("#"),
                    broad=name.startswith("+"),
                )
                for name in columns.split()
            ),
            rows=tuple(tuple(row) for row in rows),
        )

    def section(self, anchor: str, blocks: Sequence[AnyBlock]) -> Section:
        """Make a section, with links to the notes on where its numbers come from."""
        notes = self.plan.sources
        places = {explain_path(number.path, notes) for number in numbers_of(tuple(blocks))}
        links = tuple(
            Link(f"#source-{place}", self.catalog.term("path", notes[place].path))
            for place in sorted(place for place in places if place is not None)
        )
        return Section(
            anchor=anchor,
            title=self.word(f"section.{anchor}"),
            blocks=tuple(blocks),
            sources=links,
        )

    def _number(self, path: str) -> float | Decimal:
        value = look_up(self.plan, path)
        if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
            raise DataError(
                f"{path!r} holds no number, but {value!r}",
                why="the report shows a number there",
                fix="plan again with this version, then write the report from that plan",
                where=path,
            )
        return value

    def _spread(self, estimate: str | None) -> float | None:
        if estimate is None:
            return None
        low, high = (float(self._number(f"{estimate}.{end}")) for end in ("low", "high"))
        return (high - low) / 2 or None

    def _traced(self, path: str, shown: str) -> Number:
        return Number(path, canonical_text(look_up(self.plan, path)), shown)
