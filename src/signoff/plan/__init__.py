"""One campaign plan, composed from the domains."""
