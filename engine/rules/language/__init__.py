"""The rule language: when what happens, under which condition, what is done.

Reference: `docs/reference/rule-language.md`.
"""
