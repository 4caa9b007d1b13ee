"""People, departments, groups, the roles they hold, and their sessions."""
