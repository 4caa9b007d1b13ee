"""One use case's surroundings: where, with which metadata, on whose behalf, at which moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from engine.forms.facts import Answering, Facts, Related, nothing_found
from runtime.access.moment import Moment
from runtime.access.policy import Access, opened, policy
from runtime.catalog.kept import Kept
from runtime.catalog.metadata import Metadata, PublishedForm
from runtime.db.workspace import Workspace
from runtime.http.actor import Actor
from runtime.records.model import Origin
from runtime.records.statements import statements_of


@dataclass(frozen=True)
class Scene:
    """The same moment for everything in it; rules and flows that react share the scene of the change."""

    workspace: Workspace
    metadata: Metadata
    actor: Actor

    @cached_property
    def moment(self) -> Moment:
        return Moment.of(self.workspace, self.actor)

    @property
    def dialect(self) -> str:
        return self.workspace.database.dialect

    @property
    def language(self) -> str:
        return self.actor.language

    @property
    def statements(self) -> Kept:
        return statements_of(self.metadata)

    def access(self, form: PublishedForm) -> Access:
        return policy(self.metadata, self.moment, form)

    def access_for(self, form_key: str, origin: Origin | None = None) -> Access:
        """The actor's access, with what a flow node opens. Raises NotFound for a form she may not know."""
        form = self.metadata.form(form_key)
        access = self.access(form)
        if origin is not None and (origin.is_automatic or origin.allow):
            return opened(access, origin.allow)
        if not access.actions:
            raise self.metadata.unknown_form(form_key)
        return access

    @property
    def settings(self) -> Mapping[str, object]:
        """`settings.<solution>.<parameter>` in expressions."""
        return self.metadata.setting_values

    def facts(
        self, related: Mapping[str, Mapping[int, Related]], answers: Answering = nothing_found
    ) -> Facts:
        """What expressions of forms may know, with the loaded targets of references."""
        moment = self.moment
        return Facts(moment.user, moment.feel_now, moment.zone, related, self.settings, answers)
