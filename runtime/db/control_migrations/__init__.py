"""Migrations of the control database, like `runtime.db.migrations`."""
