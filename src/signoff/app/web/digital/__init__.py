"""Pages: can they find us, and do we answer them."""
