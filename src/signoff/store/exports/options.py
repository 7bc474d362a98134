"""What the person who exports may decide."""

from dataclasses import dataclass

from signoff.units import Relationship

__all__ = ["ListOptions"]


@dataclass(frozen=True)
class ListOptions:
    """Decisions about one list.

    Attributes:
        hashed: Whether addresses, names and phone numbers leave as SHA-256, where the platform
            takes it; Meta takes nothing else.
        relationships: Only accounts of these; all when empty, those of unknown relationship too.
        only_consented: Whether a contact leaves only with a recorded basis; otherwise everybody
            who did not refuse.
        is_exclusion: Whether the list names present clients for the platform to leave out.
    """

    hashed: bool = False
    relationships: tuple[Relationship, ...] = ()
    only_consented: bool = False
    is_exclusion: bool = False

    def wanted_relationships(self) -> tuple[Relationship, ...]:
        """Give the relationships whose accounts may be on the list; all when empty.

        >>> [relationship.value for relationship in ListOptions().wanted_relationships()]
        []
        """
        return (Relationship.CLIENT,) if self.is_exclusion else self.relationships
