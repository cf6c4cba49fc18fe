"""Why a task is open."""
