"""The one way a record changes, and the ways to read it."""
