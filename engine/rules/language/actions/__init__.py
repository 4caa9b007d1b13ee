"""What a rule can do; one file for each kind (`docs/recipes/add-a-rule-action.md`)."""
