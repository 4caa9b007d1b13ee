"""Which working time and which clock hold: for the workspace, for one person."""
