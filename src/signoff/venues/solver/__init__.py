"""The committee planner: what a schedule brings, the best one, and what none exceeds."""
