"""A small rollout to begin with: an entry or two in each list that most rollouts have."""

from __future__ import annotations

from typing import Any

_HOURS = ["08:00-12:00", "12:30-16:30"]

TEMPLATE: dict[str, Any] = {
    "schema": "rollout/1",
    "name": "New tills, spring",
    "timezone": "Europe/Vienna",
    "currency": "EUR",
    "start": "2027-03-01",
    "end": "2027-04-16",
    "slot_minutes": 30,
    "calendars": [
        {
            "id": "office",
            "weekly": dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), _HOURS),
            "holidays": ["2027-03-29"],
        }
    ],
    "skills": [
        {"id": "tills", "name": "Till system"},
        {"id": "teaching", "name": "Teaching"},
        {"id": "floor", "name": "Help on the floor"},
    ],
    "sites": [{"id": "shop", "name": "Shop", "calendar": "office"}],
    "departments": [
        {
            "id": "sales",
            "name": "Sales",
            "site": "shop",
            "headcount": 12,
            "closed": [{"from": "2027-03-31", "to": "2027-03-31", "reason": "stocktaking"}],
            "release_limit": 0.5,
            "green_light": {"status": "granted", "date": "2027-03-15"},
        }
    ],
    "people": [
        {
            "id": "ana",
            "name": "Ana Novak",
            "skills": [{"skill": "tills", "level": 4}, {"skill": "floor", "level": 2}],
            "languages": ["de"],
            "site": "shop",
            "absences": [{"from": "2027-03-08", "to": "2027-03-09", "reason": "leave"}],
            "limits": {"hours_per_day": 8, "hours_per_week": 40},
            "cost_per_hour": 55,
        },
        {
            "id": "bor",
            "name": "Bor Kranjc",
            "skills": [{"skill": "teaching", "level": 3}, {"skill": "floor", "level": 2}],
            "languages": ["de", "sl"],
            "site": "shop",
            "cost_per_hour": 48.5,
            "wishes": [{"avoid": {"from": "2027-04-01", "to": "2027-04-01"}, "weight": 2}],
        },
    ],
    "rooms": [{"id": "r1", "name": "Room 1", "site": "shop", "seats": 8, "equipment": ["till"]}],
    "projects": [{"id": "pos", "name": "New tills", "priority": 4, "budget": 20000}],
    "waves": [{"id": "w1", "project": "pos", "departments": ["sales"], "go_live": "2027-04-06"}],
    "tasks": [
        {
            "id": "t-config",
            "name": "Set up the tills",
            "project": "pos",
            "crew": [{"skill": "tills", "level": 3, "hours": 24}],
            "due": "2027-03-12",
        },
        {
            "id": "t-switch",
            "name": "Switch the shop over",
            "project": "pos",
            "department": "sales",
            "site": "shop",
            "crew": [{"skill": "tills", "level": 3, "hours": 4}],
            "splittable": False,
            "change": True,
            "after": ["t-config"],
            "deadline": "2027-04-05",
        },
    ],
    "courses": [
        {
            "id": "c-tills",
            "name": "Working with the new till",
            "project": "pos",
            "hours": 2,
            "trainers": [{"skill": "teaching", "level": 3}],
            "class_size": {"min": 2, "max": 6},
            "room": {"equipment": ["till"]},
            "window": {"open_days_before_go_live": 21, "close_days_before_go_live": 1},
        }
    ],
    "audiences": [
        {
            "id": "cashiers",
            "name": "Cashiers",
            "department": "sales",
            "headcount": 12,
            "language": "de",
            "courses": ["c-tills"],
        }
    ],
    "support": [
        {
            "id": "s-floor",
            "wave": "w1",
            "skill": "floor",
            "hours": "08:00-12:00",
            "curve": [{"days": "1-3", "users_per_supporter": 12}],
        }
    ],
    "goals": {"preset": "balanced"},
}
