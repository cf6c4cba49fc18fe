"""Parts of HTTP that routes share."""
