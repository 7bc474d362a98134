"""Pages: signing in, one's own account, and who belongs to the workspace."""
