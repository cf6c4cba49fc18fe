"""What people are notified of when a plan is published: worked out, written, sent."""
