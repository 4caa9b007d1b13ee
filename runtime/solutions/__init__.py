"""Solutions in a workspace: read from a folder or zip, planned, installed as a whole, with sample data."""
