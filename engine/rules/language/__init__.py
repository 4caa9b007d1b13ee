"""The rule language: when what happens, under which condition, what is done (`docs/reference/rule-language.md`)."""
