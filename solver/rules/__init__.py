"""How each rule is posted on the model: `post(model)` in a module of the rule's name."""
