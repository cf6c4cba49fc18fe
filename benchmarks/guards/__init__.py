"""Guards: tests that fail when the engine does more work, or worse work, than it once did."""
