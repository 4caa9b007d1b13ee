"""Definitions with their versions and drafts, the registry of physical names, metadata in memory."""
