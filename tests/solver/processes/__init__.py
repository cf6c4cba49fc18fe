"""Helpers of a solve in processes of their own."""
