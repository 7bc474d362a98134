"""The settings of a workspace, as `signoff.toml` holds them."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from signoff.errors import DataError, Fault

__all__ = ["SETTINGS_FILE", "Settings", "read_settings", "write_settings"]

SETTINGS_FILE = "signoff.toml"
_PART = r"(?!\.{1,2}(?:/|$))[A-Za-z0-9._-]+"
BUCKET = re.compile(rf"s3://[a-z0-9][a-z0-9.-]{{1,61}}[a-z0-9](?:/{_PART})*/?")

HEADING = """\
# Settings of this workspace.
# register: empty for register.db here, or postgresql://user@host/database for a team
#   (keep the password in the variable PGPASSWORD or in ~/.pgpass, not here)
# catalog: empty for lake/catalog.sqlite here, or a postgresql:// address
# lake_data: empty for lake/data here, another folder, or s3://bucket/folder
#   (keys are read from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY alone, never from here)
"""


class Settings(BaseModel):
    """What a workspace is called, in which language and currency it speaks, where its data are.

    Attributes:
        name: Name of the workspace, for reports.
        language: Language of reports: en or fr.
        currency: ISO 4217 code of money whose source names none.
        register: Address of the register; empty for register.db in the workspace.
        catalog: Address of the lake's catalog; empty for lake/catalog.sqlite in the workspace.
        lake_data: Folder of the lake's files, or s3://bucket/folder; empty for lake/data in the
            workspace.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(min_length=1, max_length=200)
    language: Literal["en", "fr"] = "en"
    currency: str = "EUR"
    register_address: str = Field(default="", alias="register")
    catalog: str = ""
    lake_data: str = ""

    @field_validator("currency")
    @classmethod
    def _is_code(cls, currency: str) -> str:
        if not re.fullmatch(r"[A-Z]{3}", currency):
            raise ValueError("give the three capital letters of ISO 4217, such as EUR")
        return currency

    @field_validator("lake_data")
    @classmethod
    def _is_place(cls, lake_data: str) -> str:
        scheme, is_address, _ = lake_data.partition("://")
        if is_address and not (scheme == "s3" and BUCKET.fullmatch(lake_data)):
            raise ValueError(
                "give a folder, or s3://bucket/folder of letters, digits, hyphens and full stops"
            )
        return lake_data.rstrip("/") if is_address else lake_data


def read_settings(path: Path) -> Settings:
    """Read `signoff.toml`.

    Args:
        path: The file.

    Returns:
        The settings.

    Raises:
        DataError: the file is missing, is no TOML, or holds values that cannot be used;
            all of them at once.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     write_settings(Settings(name="Acme"), path=Path(folder) / "signoff.toml")
    ...     read_settings(Path(folder) / "signoff.toml").currency
    'EUR'
    """
    try:
        stored = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(
            f"{path} is not TOML: {error}",
            why="the workspace's settings cannot be read",
            fix="mend that line, or copy the file from a backup",
            where=str(path),
        ) from error
    try:
        return Settings.model_validate(stored)
    except ValidationError as error:
        raise _settings_fault(path, error) from error


def write_settings(settings: Settings, *, path: Path) -> None:
    """Write `signoff.toml`, with a word on each setting.

    Args:
        settings: The settings.
        path: The file; what it held is replaced.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     write_settings(Settings(name="Acme"), path=Path(folder) / "signoff.toml")
    ...     "name" in (Path(folder) / "signoff.toml").read_text()
    True
    """
    import tomli_w

    body = tomli_w.dumps(settings.model_dump(by_alias=True))
    path.write_text(f"{HEADING}\n{body}", encoding="utf-8")


def _settings_fault(path: Path, error: ValidationError) -> DataError:
    names = ", ".join(field.alias or name for name, field in Settings.model_fields.items())
    faults = [
        Fault(
            what=f"{'.'.join(map(str, fault['loc']))} cannot be used: {fault['msg']}",
            why=_why(fault),
            fix=f"the settings are: {names}",
            where=".".join(map(str, fault["loc"])),
        )
        for fault in error.errors()
    ]
    return DataError(
        f"{len(faults)} settings in {path.name} cannot be used",
        why="the workspace opens only when all settings are understood",
        fix="mend the lines below",
        where=str(path),
        faults=faults,
    )


def _why(fault: Mapping[str, Any]) -> str:
    """Repeat a wrong value, unless an address or an unknown setting may hold a password."""
    name = str(fault["loc"][0])
    if name in {"name", "language", "currency"}:
        return f"the value is {fault['input']!r}"
    return "there is no such setting" if fault["type"] == "extra_forbidden" else "it is text"
