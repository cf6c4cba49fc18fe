"""The engine as it is."""

from solver.solve import solve

__all__ = ["solve"]
