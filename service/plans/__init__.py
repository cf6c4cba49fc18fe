"""What is read off a plan: agendas, timelines, comparisons, reports."""
