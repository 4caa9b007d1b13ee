"""The closure back end: one Python closure per node, built once, called with the machine.

Each closure tries the plain case (whole numbers, decimals, strings, true and false) before it looks at kinds,
nulls and problems.
"""
