"""Figures of the pages in a browser."""
