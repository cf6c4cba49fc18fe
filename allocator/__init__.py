"""The domain: what a rollout and a plan are, and what each rule and priced term means."""
