"""Parts of the generator of rollout documents."""
