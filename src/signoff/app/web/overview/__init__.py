"""The first page: objective, forecast, what needs attention."""
