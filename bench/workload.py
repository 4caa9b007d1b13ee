"""The one form and the one record that product, floor and plain SQL work on: 20 fields of a deal."""

from __future__ import annotations

import random

STAGES = ("lead", "qualified", "proposal", "negotiation", "won", "lost")
SOURCES = ("web", "ads", "fair", "referral", "cold")
REGIONS = ("east", "west", "north", "south")


def deal(number: int) -> dict[str, object]:
    """The same values for the same number, as JSON."""
    chance = random.Random(number)
    return {
        "title": f"Deal {number} with a normal title",
        "company": f"Company {number % 5000} Ltd",
        "contact": f"Person {number % 9000}",
        "email": f"person{number % 9000}@example.com",
        "phone": f"138{number % 100000000:08d}",
        "city": f"City {number % 300}",
        "source": SOURCES[number % 5],
        "stage": STAGES[number % 6],
        "region": REGIONS[number % 4],
        "owner_name": f"Owner {number % 40}",
        "code": f"D-{number:08d}",
        "priority": 1 + number % 5,
        "probability": number % 101,
        "quantity": number % 500,
        "amount": round(chance.random() * 100000, 2),
        "discount": round(chance.random() * 0.3, 3),
        "is_key": number % 7 == 0,
        "expect_close": f"2026-{1 + number % 12:02d}-{1 + number % 28:02d}",
        "signed_at": f"2026-01-{1 + number % 28:02d}T08:00:00Z",
        "note": "Some remark of ordinary length, typed by the sales person. " * 2,
    }
