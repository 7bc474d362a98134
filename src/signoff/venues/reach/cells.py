"""Cells of a file of venues, read as numbers; what is wrong with them is collected."""

import re
from dataclasses import dataclass, field

from signoff.errors import DataError, Fault

__all__ = ["CellReader"]

NUMBER = re.compile(r"[-+]?(\d+([.,]\d*)?|[.,]\d+)([eE][-+]?\d{1,2})?")
GROUPED = re.compile(r"[1-9]\d{0,2}([.,])\d{3}(\1\d{3})*")
SPACES = re.compile(r"[\s\u00a0\u202f'’]+")
MOST_FAULTS = 20


@dataclass
class CellReader:
    """Reads the cells of one file and collects what is wrong with them.

    Attributes:
        where: The file, for messages.
        faults: What was wrong so far.
    """

    where: str
    faults: list[Fault] = field(default_factory=list)

    def number(
        self, text: str, *, line: int, column: str, is_percent: bool = False
    ) -> float | None:
        """Give a number with a point or a comma; None for an empty cell or a fault.

        Args:
            text: The cell.
            line: Its line, for messages.
            column: Its column, for messages.
            is_percent: Whether the column holds percent; a cell may say so itself.
        """
        said = SPACES.sub("", text)
        if not said:
            return None
        bare = said.removesuffix("%")
        if not NUMBER.fullmatch(bare):
            self.fault(f"{text!r} is no number", line=line, column=column)
            return None
        value = float(bare.replace(",", "."))
        return value / 100 if is_percent or said.endswith("%") else value

    def whole(self, text: str, *, line: int, column: str) -> int | None:
        """Give a count; 1,000 and 1.000 are a thousand, since nobody counts thousandths.

        Args:
            text: The cell.
            line: Its line, for messages.
            column: Its column, for messages.
        """
        value = self.number(self._ungrouped(text), line=line, column=column)
        if value is not None and value != int(value):
            self.fault(f"{text!r} is no whole number", line=line, column=column)
            return None
        return None if value is None else int(value)

    def people(self, text: str, *, line: int, column: str) -> float | None:
        """Give a number of people, thousands grouped or not.

        Args:
            text: The cell.
            line: Its line, for messages.
            column: Its column, for messages.
        """
        return self.number(self._ungrouped(text), line=line, column=column)

    def fault(self, what: str, *, line: int, column: str) -> None:
        """Note what is wrong with a cell.

        Args:
            what: What is wrong.
            line: Its line.
            column: Its column.
        """
        self.faults.append(
            Fault(
                what,
                why="reach is worked out from numbers",
                fix="write a number, such as 0.12",
                where=f"{self.where}, line {line}, {column}",
            )
        )

    def refuse(self) -> None:
        """Tell everything that was wrong, if anything was."""
        if self.faults:
            raise DataError(
                f"{len(self.faults):,} cells cannot be read",
                why="reach is worked out from numbers",
                fix="write a number, such as 0.12",
                where=self.where,
                faults=self.faults[:MOST_FAULTS],
            )

    def _ungrouped(self, text: str) -> str:
        said = SPACES.sub("", text)
        return re.sub(r"[.,]", "", said) if GROUPED.fullmatch(said) else said
