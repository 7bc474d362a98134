"""Pages: who decides, at which businesses."""
