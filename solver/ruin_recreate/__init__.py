"""Ruin and recreate: takes bookings out and inserts them anew."""
