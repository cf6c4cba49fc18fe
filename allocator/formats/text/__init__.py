"""YAML and JSON as plain trees."""
