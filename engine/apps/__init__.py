"""Definitions as a whole: their files, how they refer to each other, and the solutions they travel in."""
