"""Pages: what to tell them."""
