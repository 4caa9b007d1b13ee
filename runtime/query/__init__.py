"""FEEL → SQL over the registry: conditions, sorting and paging, counts, aggregates."""
