"""An empty workspace to install into, and the shipped solution as files."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from runtime.db.workspace import Workspace
from tests.support.desk import Desk, shipped


@pytest.fixture
def desk(workspace: Workspace) -> Desk:
    return Desk.open(workspace)


@pytest.fixture(scope="session")
def pipeline() -> Mapping[str, bytes]:
    return shipped("sales_pipeline")
