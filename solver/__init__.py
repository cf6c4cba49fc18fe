"""The optimiser: the only package that imports ortools."""
