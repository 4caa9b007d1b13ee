"""DMN decisions."""
