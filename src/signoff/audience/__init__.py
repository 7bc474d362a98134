"""Who decides, at which businesses."""
