"""Did it work: holdouts now, models later."""
