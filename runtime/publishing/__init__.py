"""From draft to definition in force: problems, plan, tables and metadata in one transaction; and back."""
