"""Definitions with their versions and drafts, the registry of physical names, and the metadata kept in memory."""
