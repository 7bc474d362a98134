"""Plans of exposures without a workspace: problem in, schedule and proof out."""

from signoff.venues.exposures.approval import Approval
from signoff.venues.exposures.problem import Appetite, ExposureProblem
from signoff.venues.exposures.solve import Solution, solve_exposures

__all__ = ["Appetite", "Approval", "ExposureProblem", "Solution", "solve_exposures"]
