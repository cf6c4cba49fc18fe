"""Plans as calendars: of each person, room, audience and department, kept as they were told."""
