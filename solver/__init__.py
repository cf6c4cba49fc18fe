"""The optimiser: the only package that imports ortools."""

from solver.settings import Progress, Settings
from solver.solve import solve

__all__ = ["Progress", "Settings", "solve"]
