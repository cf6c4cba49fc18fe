"""Figures of the service on this machine: what docs/service.md states, measured again.

python -m benchmarks.service --help
"""
