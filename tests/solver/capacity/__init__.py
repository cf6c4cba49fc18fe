"""What classes can take at most: programmes by the day, and what the end of materials costs."""
