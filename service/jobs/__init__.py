"""Solves in the background: a durable queue, workers with leases, a process for each solve."""
