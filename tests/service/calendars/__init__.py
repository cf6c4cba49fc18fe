"""Calendars of plans."""
