"""The rollout document, read part by part."""
