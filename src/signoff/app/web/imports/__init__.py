"""Pages: files in, what came in, and taking it back."""
