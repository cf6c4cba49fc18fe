"""Facts of a rollout document that can stand in the way of work, and the document without them."""
