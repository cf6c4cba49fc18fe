"""The ways to improve a plan, and which one has the next turn."""
