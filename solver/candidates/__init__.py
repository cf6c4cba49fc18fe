"""Who and when at all: masks, one per rule, shared by search and model."""
