"""Annealing of activity lists by compiled moves."""
