"""Benchmarks: public instance families, generated rollouts, runs, comparisons and guards."""
