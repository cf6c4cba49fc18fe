"""Who may do what: roles, people who sign in, and tokens."""
