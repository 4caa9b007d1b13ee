"""The services of the upper rooms, each built with what it may call of the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Self

from engine.problems import Register
from runtime.automation.later import RestJob
from runtime.automation.plans import SCHEDULE, plan_rules
from runtime.automation.reactions import REST, Limits, RuleReactions
from runtime.automation.running import Runner
from runtime.automation.saving import SavingRules
from runtime.automation.schedules import ScheduleJob
from runtime.catalog.catalog import Catalog
from runtime.composition.connect import SERVICE, ConnectorService
from runtime.composition.letters import LetterRecords
from runtime.connectors.calls import CALL
from runtime.connectors.job import CallJob
from runtime.connectors.perform import Performer
from runtime.imports import job as imports
from runtime.imports.run import Importer
from runtime.notifications.deliver import MAIL, Delivery
from runtime.notifications.mail import MailJob
from runtime.notifications.notify import DELIVER
from runtime.outbound.client import Outbound
from runtime.outbox.run import Handler
from runtime.processes.flows import Flows
from runtime.processes.jobs import ServiceJobs
from runtime.processes.move import SERVICE_JOB
from runtime.processes.reactions import FlowStarts, RunningProcesses
from runtime.processes.service import Processes
from runtime.processes.store import count_running
from runtime.publishing import recompute
from runtime.publishing.recompute import Recomputer
from runtime.publishing.service import Publishing
from runtime.records.service import Records
from runtime.settings import Settings
from runtime.solutions.install import Solutions
from runtime.solutions.sample import SampleLoader

LIMITS: Final = Limits()
"""What rules may do within one request."""


@dataclass(frozen=True, slots=True)
class Services:
    """handlers  what runs in the background, by kind of job; nothing else is ever executed"""

    catalog: Catalog
    records: Records
    runner: Runner
    processes: Processes
    publishing: Publishing
    importer: Importer
    solutions: Solutions
    handlers: Mapping[str, Handler]

    @classmethod
    def build(cls, register: Register, version: str, settings: Settings) -> Self:
        """Services hold no state of a workspace but what they keep under its stamps."""
        catalog, flows = Catalog(), Flows()
        # They call each other: a saved record starts a flow, a step of a flow saves a record.
        runner = Runner(lambda: records)
        rules = RuleReactions(runner, LIMITS)
        records = Records(
            [rules, FlowStarts(lambda: processes)],
            [RunningProcesses(flows)],
            saving=SavingRules(),
            cut=rules.cut,
            expect=rules.expect,
        )
        processes = Processes(records, flows)
        recomputer = Recomputer(catalog)
        performer = Performer(Outbound(settings), settings.secrets)
        connect = ConnectorService(catalog, performer)
        services = ServiceJobs(catalog, processes, {SERVICE: connect.perform})
        publishing = Publishing(catalog, count_running, recomputer.recompute, services.names, plan_rules)
        importer = Importer(catalog, records)
        handlers: dict[str, Handler] = {
            imports.KIND: imports.ImportJob(importer, register).run,
            recompute.KIND: recomputer.run,
            SERVICE_JOB: services.run,
            SCHEDULE: ScheduleJob(catalog, runner).run,
            REST: RestJob(catalog, runner).run,
            CALL: CallJob(catalog, performer).run,
            DELIVER: Delivery(catalog, LetterRecords(), register).run,
            MAIL: MailJob(settings, register).run,
        }
        return cls(
            catalog=catalog,
            records=records,
            runner=runner,
            processes=processes,
            publishing=publishing,
            importer=importer,
            solutions=Solutions(catalog, publishing, SampleLoader(records, processes), version),
            handlers=MappingProxyType(handlers),
        )
