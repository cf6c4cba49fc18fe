"""What the reasons of tasks, classes and shifts share."""
