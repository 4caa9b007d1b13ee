"""Platform migrations of a workspace, one file per step in `versions/`, applied by `runtime.db.migrate`.

A room adds `versions/NNNN_<room>.py` with `revision = "NNNN"` and `down_revision` = the number before it.
Steps only go forward, run in one transaction each, and mean the same on SQLite and PostgreSQL.
"""
