"""What each priced term counts: `measure(problem, plan)` in a module of the term's name."""
