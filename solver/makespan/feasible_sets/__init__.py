"""Sets of activities that can run at the same moment, and bounds by them."""
