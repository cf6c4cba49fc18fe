"""From plan to plan: requests, approvals, publishing, scenarios, nights."""
