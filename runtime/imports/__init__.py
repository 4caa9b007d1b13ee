"""Records from files: read, mapped, looked up and saved in batches, with a result for every row."""
