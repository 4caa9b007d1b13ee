"""Running flows: processes, their tasks and their log. The meaning of a step is in `engine.flows`."""
