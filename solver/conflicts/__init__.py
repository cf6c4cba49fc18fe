"""Proofs that work cannot be done, and the few facts of the document that rule it out."""
