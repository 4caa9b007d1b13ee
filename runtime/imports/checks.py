"""Whether a mapping can be used with a form as it is now."""

from __future__ import annotations

from engine.apps.finder import Finder, Names
from engine.apps.kinds import Kind, Ref
from engine.apps.link_mapping import link_mapping
from engine.apps.mapping import ImportMapping
from engine.problems import InputError, errors
from runtime.catalog.metadata import Metadata


def check_mapping(metadata: Metadata, mapping: ImportMapping) -> None:
    """Raises InputError with everything the mapping names and the form does not have."""
    forms = {key: one.form for key, one in metadata.forms.items()}
    finder = Finder(Names(forms, metadata.views, metadata.roles), Ref(Kind.MAPPING, mapping.key))
    link_mapping(finder, mapping)
    if errors(finder.problems):
        raise InputError(finder.problems)
