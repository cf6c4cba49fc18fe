"""What trainers, rooms and audiences can take at most, day by day: linear programmes of classes."""
