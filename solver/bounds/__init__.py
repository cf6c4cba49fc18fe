"""Lower bounds and the proof."""
