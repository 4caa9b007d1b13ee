"""Forms: what a form document means, and what it says about one record.

`read` makes a model out of a document and names everything that is wrong with it; `compile` checks the
expressions against the other forms and yields JSON Schemas, a table plan and the order of evaluation;
`validate` and `evaluate` take one record through the steps of SEMANTICS §3. Nothing here stores anything.
"""
