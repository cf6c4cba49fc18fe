"""Who is notified: webhooks and calendars."""
