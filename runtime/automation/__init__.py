"""Rules at work: reactions inside the transaction, schedules and relative dates, buttons, the run log."""
