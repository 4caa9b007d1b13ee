"""The modes in which several people decide together, one small file each."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from engine.flows.approvals.all import AllMode
from engine.flows.approvals.any import AnyMode
from engine.flows.approvals.order import OrderMode
from engine.flows.approvals.protocol import ApprovalMode

_MODES: Final[tuple[ApprovalMode, ...]] = (AnyMode(), AllMode(), OrderMode())

APPROVAL_MODES: Final[Mapping[str, ApprovalMode]] = MappingProxyType({mode.name: mode for mode in _MODES})

__all__ = ["APPROVAL_MODES", "ApprovalMode"]
