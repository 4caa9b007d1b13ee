"""The audit log: who did what to people, rights and definitions."""
