"""The language of print and message templates: a small part of Jinja's syntax over plain data.

`read_template` turns text into a tree of the nodes in `nodes.py` and refuses everything else; `render` walks
that tree. No code of Jinja runs over a template but its parser, and no Python object is ever reached.
Source: SEMANTICS §7, "User templates".
"""

from engine.templates.check import Checked, check_template
from engine.templates.filters import Look
from engine.templates.nodes import Template
from engine.templates.read import Reading, read_template
from engine.templates.render import Labels, render

__all__ = ["Checked", "Labels", "Look", "Reading", "Template", "check_template", "read_template", "render"]
