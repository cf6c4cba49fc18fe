"""Each priced term as a linear expression."""
