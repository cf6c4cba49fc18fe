"""Insertion of tasks, classes and shifts into the ledger."""
