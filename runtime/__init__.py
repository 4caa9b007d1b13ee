"""The runtime: when, where and for whom the engine's meanings happen; Flask, SQLAlchemy and jobs."""
