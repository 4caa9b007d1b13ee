"""Measurements as ratios: the product against a bare Flask application and against plain SQL, in one run."""
