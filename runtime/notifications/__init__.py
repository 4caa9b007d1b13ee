"""Telling people what concerns them: in the workspace always, by mail for those who want it."""
