"""Where rooms meet: each file builds the services of one concern and hands them what they may call."""
