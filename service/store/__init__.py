"""What the service keeps: rollouts with all revisions, plans, runs and who did what."""
