"""Field types, one file per kind."""
