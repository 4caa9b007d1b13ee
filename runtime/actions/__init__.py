"""Performers of what rules ask for: each effect of the rule language has one here."""
