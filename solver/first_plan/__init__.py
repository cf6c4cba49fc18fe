"""First, warm and completed plans."""
