"""What to tell each role."""
