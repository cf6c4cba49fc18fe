"""Reading what strangers send, each document in a process of its own with limits."""
