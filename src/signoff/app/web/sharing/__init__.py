"""Pages: plans shown to people outside, by link."""
