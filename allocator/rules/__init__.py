"""What each rule means: `violations(problem, plan)` in a module of the rule's name."""
