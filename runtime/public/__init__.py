"""Pages that need no script: sign-in, set-up, the shell of the workspace, and errors."""
