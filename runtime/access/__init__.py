"""Who may do what with which records and fields, and why."""
