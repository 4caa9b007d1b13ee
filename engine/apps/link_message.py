"""Links a message template: its form, what its values compute, and what its texts name."""

from __future__ import annotations

from engine.apps.finder import Finder
from engine.apps.message_template import MessageTemplate
from engine.forms.compile import CompiledForm
from engine.forms.model import Field, Label
from engine.problems import pointer
from engine.rules.feel import FeelType, Scope, compile_expression
from engine.templates import Labels, check_template


def link_message_template(finder: Finder, template: MessageTemplate, form: CompiledForm | None) -> None:
    if finder.form(template.form, "/form") is None or form is None:
        return
    names: dict[str, FeelType] = {}
    for name, text in template.values.items():
        at = pointer("values", name)
        if name in form.scope.names:
            finder.problem("apps.message-template.name-taken", at, name=name)
        compiled = compile_expression(text, form.scope)
        finder.add(problem.within(at) for problem in compiled.problems)
        finder.paths(form.form, None, compiled.paths, at)
        names[name] = compiled.type
    scope = Scope({**form.scope.names, **names})
    for at, source in template.texts():
        checked = check_template(source, scope)
        finder.add(problem.within(at) for problem in checked.problems)
        finder.paths(form.form, None, checked.paths, at)


def labels_of(form: CompiledForm) -> Labels:
    """The labels of options of the form's fields, and of those of its sub-tables, for the filter `label`."""
    return {".".join(path): _options(field) for path, field in form.form.places() if field.options}


def _options(field: Field) -> dict[str, Label]:
    return {option.key: option.label for option in field.options}
