"""HTTP of rules being written: one answer with the text, both views, the tree, problems and tests."""

from __future__ import annotations

from collections.abc import Mapping

from engine.apps.kinds import Kind, Ref
from engine.problems import LANGUAGES, InputError, Problem, Register
from engine.rules.language.examples import ExampleResult
from engine.rules.language.json_form import rule_to_json
from runtime.catalog.catalog import Catalog
from runtime.http.call import Call
from runtime.http.endpoint import endpoint
from runtime.http.problems import problem_json
from runtime.publishing import schemas
from runtime.publishing.requests import BUILDER
from runtime.publishing.rule_preview import RulePreview, Sent, nameable, preview_rule
from runtime.publishing.service import Publishing


class RuleDraftsApi:
    """Structure and texts of the rule editor are views of one tree; the server turns each into the others."""

    def __init__(self, catalog: Catalog, publishing: Publishing, register: Register) -> None:
        self._catalog = catalog
        self._publishing = publishing
        self._register = register

    @endpoint(
        "POST",
        "/drafts/rule/<key:key>/preview",
        guard=BUILDER,
        summary="What a rule says that is not published: text, views, tree, problems, tests",
        body=schemas.PREVIEW_RULE,
        response=schemas.RULE_PREVIEW,
    )
    def preview(self, call: Call, key: str) -> object:
        sent, metadata, ref = _sent(call.fields), self._catalog.for_call(call), Ref(Kind.RULE, key)
        with call.read() as conn:
            known = nameable(conn, metadata)
            texts = {one: metadata.translated(key, one) for one in LANGUAGES}

            def check(text: str) -> tuple[Problem, ...]:
                return self._publishing.problems_of_draft(conn, call.workspace, ref, text)

            found = preview_rule(key, sent, known, texts, check)
        return self._answer(found, call.language)

    def _answer(self, found: RulePreview, language: str) -> object:
        return {
            "text": found.text,
            "views": None if found.rule is None else dict(found.views),
            "ast": None if found.rule is None else rule_to_json(found.rule),
            "problems": self._problems(found.problems, language),
            "tests": [self._test(one, language) for one in found.tests],
        }

    def _test(self, result: ExampleResult, language: str) -> object:
        name, problems = result.test.name.text, self._problems(result.problems, language)
        return {"name": name, "passed": result.passed, "problems": problems}

    def _problems(self, problems: tuple[Problem, ...], language: str) -> list[object]:
        return [problem_json(problem, self._register, language) for problem in problems]


def _sent(fields: Mapping[str, object]) -> Sent:
    """Raises InputError unless there is either a text or a tree."""
    text, ast = fields.get("text"), fields.get("ast")
    if (text is None) == (ast is None):
        raise InputError([Problem("publishing.rule.text-or-ast")])
    return Sent(str(fields.get("view", "en")), None if text is None else str(text), ast)
