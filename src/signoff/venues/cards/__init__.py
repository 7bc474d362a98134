"""Cards of venues: what is sold there, at what price, when it can appear."""
