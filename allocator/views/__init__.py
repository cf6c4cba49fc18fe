"""A problem and a plan, looked at by what is asked of them."""
