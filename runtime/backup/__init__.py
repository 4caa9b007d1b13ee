"""Backup and restore of one workspace: its database, its files, and a manifest that proves both."""
