"""Calling services of others, as their connectors describe them: always as a job, never inside a save."""
