"""Rules that look at one booking alone, as masks of candidates."""
