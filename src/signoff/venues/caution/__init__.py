"""Plans for a cautious reader: the mean over the worst draws is maximised."""
