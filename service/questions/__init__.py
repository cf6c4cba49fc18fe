"""Questions about plans: asked, worked on as runs are, and told in words."""
