"""The meaning of forms, flows, rules and solutions: data in, data out.

No input or output, no clock, no randomness, no globals that change. Time, ids and people are arguments.
Everything that happens somewhere, at some time or for somebody is in `runtime`.
"""
