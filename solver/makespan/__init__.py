"""What serves only the goal of an early finish."""
