"""The rule language: when what happens, under which condition, what is done.

    reading = read_rule(text)                        # the tree, and all problems
    rule = compile_rule(key, reading.rule, known)    # `known`: what rules can name
    check_rule(rule, known)                          # what is wrong with it
    judged = verdict(rule, facts, event)             # whether it fires, and why
    effect(rule, judged.actions[0], facts)           # what its first action asks for

Each is in the module of its name: `read`, `compile`, `check`, `lint` (between rules), `run`, `schedule`,
`examples` (tests beside a rule), `show` and `view` (text, and text with labels), `json_form`.
Reference: `docs/reference/rule-language.md`.
"""
