"""Background work: the job table is outbox, lease and progress in one."""
