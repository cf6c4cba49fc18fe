"""Helpers of a solve in processes of their own: one proves and then searches, others search."""
