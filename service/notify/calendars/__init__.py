"""What calendars say, from one published plan to the next."""
