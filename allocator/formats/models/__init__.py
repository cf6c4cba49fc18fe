"""The shape of the documents, concept by concept: which fields there are and what they hold."""
