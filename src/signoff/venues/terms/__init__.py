"""Terms of money: with single venues, groups, months; and whether any plan keeps them."""
