"""How plans are found: first plan, neighbourhoods, bounds."""
