"""The service over HTTP: it parses a request, calls `service`, and answers."""
