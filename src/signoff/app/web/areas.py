"""The areas of the application, each a folder with its pages; the order is that of the menu."""

__all__ = ["AREAS"]

AREAS = (
    "overview",
    "audience",
    "research",
    "messages",
    "venues",
    "digital",
    "measure",
    "plans",
    "imports",
    "documents",
    "jobs",
    "people",
    "sharing",
    "upkeep",
    "api",
    "search",
)
