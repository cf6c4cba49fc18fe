"""Why work is left open: the first condition, worked out in stages, that nothing can meet."""
