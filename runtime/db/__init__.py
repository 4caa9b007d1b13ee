"""Databases: SQLite and PostgreSQL behind one `Database`, column types, DDL, migrations, workspaces."""
