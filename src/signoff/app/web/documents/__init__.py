"""Pages: briefs and other authored things, with their versions."""
