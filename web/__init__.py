"""The pages: one shell, plain modules and style sheets, and messages in five languages."""
