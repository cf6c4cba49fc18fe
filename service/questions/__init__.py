"""Questions about plans: asked, worked on as runs are, and answered in words."""
