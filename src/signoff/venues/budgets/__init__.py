"""Every other budget, answered from a plan fitted once."""
