"""Money split along response curves with draws."""
