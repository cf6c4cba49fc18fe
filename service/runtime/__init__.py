"""Processes, logs and metrics of a running service."""
