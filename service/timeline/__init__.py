"""A plan as a page draws it: rows and bars as columns of numbers, small enough to send whole."""
