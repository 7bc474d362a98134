"""Where a file of the lake lies: on the disk, or in a bucket of an object storage."""

from dataclasses import dataclass
from pathlib import Path

__all__ = ["SCHEME", "LakePath", "ObjectPath", "lake_path", "place_below"]

SCHEME = "s3://"


@dataclass(frozen=True, order=True)
class ObjectPath:
    """One object, or the beginning of the names of several, as DuckDB reads it.

    Attributes:
        address: s3://bucket/name, without a slash at the end.
    """

    address: str

    def __str__(self) -> str:
        return self.address

    def __truediv__(self, part: str) -> "ObjectPath":
        return ObjectPath(f"{self.address}/{part.strip('/')}")

    @property
    def name(self) -> str:
        """The last part of the name.

        >>> ObjectPath("s3://acme/lake/main/0.parquet").name
        '0.parquet'
        """
        return self.parts[-1]

    @property
    def parts(self) -> tuple[str, ...]:
        """The bucket and the parts of the name.

        >>> ObjectPath("s3://acme/lake/0.parquet").parts
        ('acme', 'lake', '0.parquet')
        """
        return tuple(self.address.removeprefix(SCHEME).split("/"))

    def relative_to(self, folder: "ObjectPath") -> str:
        """Give the name below a folder.

        Raises:
            ValueError: the object does not lie there.

        >>> ObjectPath("s3://acme/lake/main/0.parquet").relative_to(ObjectPath("s3://acme/lake"))
        'main/0.parquet'
        """
        if not self.is_relative_to(folder):
            raise ValueError(f"{self} does not lie under {folder}")
        return self.address.removeprefix(f"{folder.address}/")

    def is_relative_to(self, folder: "ObjectPath") -> bool:
        """Say whether the object lies under a folder.

        >>> ObjectPath("s3://acme/lakes/0").is_relative_to(ObjectPath("s3://acme/lake"))
        False
        """
        inside = f"{self.address}/".startswith(f"{folder.address}/")
        return inside and ".." not in self.parts


LakePath = Path | ObjectPath


def lake_path(text: str) -> LakePath:
    """Read a path as the catalog or DuckDB writes it.

    >>> lake_path("s3://acme/lake/0.parquet"), lake_path("/w/lake/data").name
    (ObjectPath(address='s3://acme/lake/0.parquet'), 'data')
    """
    return ObjectPath(text.rstrip("/")) if text.startswith(SCHEME) else Path(text)


def place_below(path: LakePath, folder: LakePath) -> str:
    """Give a file's place under a folder, with slashes on every system.

    Raises:
        ValueError: the file does not lie there.

    >>> place_below(Path("/w/lake/data/main/0.parquet"), Path("/w/lake/data"))
    'main/0.parquet'
    """
    if isinstance(path, ObjectPath) and isinstance(folder, ObjectPath):
        return path.relative_to(folder)
    return Path(str(path)).relative_to(str(folder)).as_posix()
