"""What Azure calls besides HTTP: queues, blobs and timers. Parse, call a use case."""

import azure.functions as func
import azurefunctions.extensions.bindings.blob as blob

from core.domain.commands import (
    BackUpProject,
    DeleteProject,
    DeliverWebhook,
    InitializeProject,
    InspectItems,
    ReadImport,
    RefreshProject,
    RestoreProject,
    RunOperation,
    StartRun,
    TakeRun,
    WriteExport,
)
from core.domain.telemetry import SpanSort
from core.formats import commands
from core.ports import Ports
from core.usecases.back_up_project import back_up_project, fail_backup
from core.usecases.delete_project import erase_project
from core.usecases.deliver_webhook import abandon_delivery, deliver_webhook
from core.usecases.end_run import fail_run
from core.usecases.ingest_blob import ingest_blob
from core.usecases.initialize_project import fail_project, initialize_project
from core.usecases.inspect_items import inspect_items
from core.usecases.look_after_runs import look_after_runs
from core.usecases.read_import import fail_import, read_import
from core.usecases.reconcile import refresh_all, refresh_due, revive_stuck
from core.usecases.refresh_project import fail_refresh, refresh_project
from core.usecases.restore_project import fail_restoration, restore_project
from core.usecases.run_operation import fail_operation, run_operation
from core.usecases.start_run import start_run
from core.usecases.take_run import take_run
from core.usecases.write_export import fail_export, write_export
from functions.messages import takes
from functions.services import Services
from functions.working import called

CONNECTION = "STORAGE"
_GAVE_UP = "It failed several times for an unexpected reason. The log of the function app says why."


def create_triggers(services: Services) -> func.Blueprint:
    """The queue, blob and timer functions over these services."""
    triggers = func.Blueprint()
    _add_project_functions(triggers, services)
    _add_export_functions(triggers, services)
    _add_import_functions(triggers, services)
    _add_operation_functions(triggers, services)
    _add_run_functions(triggers, services)
    _add_backup_functions(triggers, services)
    _add_data_functions(triggers, services)
    _add_webhook_functions(triggers, services)
    return triggers


def _add_project_functions(triggers: func.Blueprint, services: Services) -> None:
    @triggers.queue_trigger("message", commands.INITIALIZE_QUEUE, CONNECTION)
    @takes(services, InitializeProject)
    async def initialize(ports: Ports, command: InitializeProject) -> None:
        await initialize_project(ports, command.project)

    @triggers.queue_trigger("message", commands.INITIALIZE_QUEUE + "-poison", CONNECTION)
    @takes(services, InitializeProject, given_up=True)
    async def initialize_failed(ports: Ports, command: InitializeProject) -> None:
        await fail_project(ports, command.project, _GAVE_UP)

    @triggers.queue_trigger("message", commands.DELETE_QUEUE, CONNECTION)
    @takes(services, DeleteProject)
    async def delete(ports: Ports, command: DeleteProject) -> None:
        await erase_project(ports, command.project)


def _add_export_functions(triggers: func.Blueprint, services: Services) -> None:
    @triggers.queue_trigger("message", commands.EXPORT_QUEUE, CONNECTION)
    @takes(services, WriteExport)
    async def export(ports: Ports, command: WriteExport) -> None:
        await write_export(ports, command.project, command.export)

    @triggers.queue_trigger("message", commands.EXPORT_QUEUE + "-poison", CONNECTION)
    @takes(services, WriteExport, given_up=True)
    async def export_failed(ports: Ports, command: WriteExport) -> None:
        await fail_export(ports, command.project, command.export, _GAVE_UP)


def _add_import_functions(triggers: func.Blueprint, services: Services) -> None:
    @triggers.queue_trigger("message", commands.IMPORT_QUEUE, CONNECTION)
    @takes(services, ReadImport)
    async def import_labels(ports: Ports, command: ReadImport) -> None:
        await read_import(ports, command.project, command.import_id)

    @triggers.queue_trigger("message", commands.IMPORT_QUEUE + "-poison", CONNECTION)
    @takes(services, ReadImport, given_up=True)
    async def import_failed(ports: Ports, command: ReadImport) -> None:
        await fail_import(ports, command.project, command.import_id, _GAVE_UP)


def _add_operation_functions(triggers: func.Blueprint, services: Services) -> None:
    @triggers.queue_trigger("message", commands.OPERATION_QUEUE, CONNECTION)
    @takes(services, RunOperation)
    async def operate(ports: Ports, command: RunOperation) -> None:
        await run_operation(ports, command.project, command.operation)

    @triggers.queue_trigger("message", commands.OPERATION_QUEUE + "-poison", CONNECTION)
    @takes(services, RunOperation, given_up=True)
    async def operate_failed(ports: Ports, command: RunOperation) -> None:
        await fail_operation(ports, command.project, command.operation, _GAVE_UP)


def _add_run_functions(triggers: func.Blueprint, services: Services) -> None:
    @triggers.queue_trigger("message", commands.START_RUN_QUEUE, CONNECTION)
    @takes(services, StartRun)
    async def start(ports: Ports, command: StartRun) -> None:
        await start_run(ports, command.project, command.run)

    @triggers.queue_trigger("message", commands.START_RUN_QUEUE + "-poison", CONNECTION)
    @takes(services, StartRun, given_up=True)
    async def start_failed(ports: Ports, command: StartRun) -> None:
        await fail_run(ports, command.project, command.run, _GAVE_UP)

    @triggers.queue_trigger("message", commands.TAKE_RUN_QUEUE, CONNECTION)
    @takes(services, TakeRun)
    async def take(ports: Ports, command: TakeRun) -> None:
        await take_run(ports, command.project, command.run)

    @triggers.queue_trigger("message", commands.TAKE_RUN_QUEUE + "-poison", CONNECTION)
    @takes(services, TakeRun, given_up=True)
    async def take_failed(ports: Ports, command: TakeRun) -> None:
        await fail_run(ports, command.project, command.run, _GAVE_UP)


def _add_backup_functions(triggers: func.Blueprint, services: Services) -> None:
    @triggers.queue_trigger("message", commands.BACK_UP_QUEUE, CONNECTION)
    @takes(services, BackUpProject)
    async def back_up(ports: Ports, command: BackUpProject) -> None:
        await back_up_project(ports, command.backup)

    @triggers.queue_trigger("message", commands.BACK_UP_QUEUE + "-poison", CONNECTION)
    @takes(services, BackUpProject, given_up=True)
    async def back_up_failed(ports: Ports, command: BackUpProject) -> None:
        await fail_backup(ports, command.backup, _GAVE_UP)

    @triggers.queue_trigger("message", commands.RESTORE_QUEUE, CONNECTION)
    @takes(services, RestoreProject)
    async def restore(ports: Ports, command: RestoreProject) -> None:
        await restore_project(ports, command.backup)

    @triggers.queue_trigger("message", commands.RESTORE_QUEUE + "-poison", CONNECTION)
    @takes(services, RestoreProject, given_up=True)
    async def restore_failed(ports: Ports, command: RestoreProject) -> None:
        await fail_restoration(ports, command.backup, _GAVE_UP)


def _add_data_functions(triggers: func.Blueprint, services: Services) -> None:
    @triggers.blob_trigger("client", "%DATA_CONTAINER%/{name}", CONNECTION, source=func.BlobSource.EVENT_GRID)
    async def ingest(client: blob.BlobClient) -> None:
        async with called(services, SpanSort.MESSAGE, "ingest"):
            await ingest_blob((await services.get()).ports, client.container_name, client.blob_name)

    @triggers.queue_trigger("message", commands.REFRESH_QUEUE, CONNECTION)
    @takes(services, RefreshProject)
    async def refresh(ports: Ports, command: RefreshProject) -> None:
        await refresh_project(ports, command.project, by_hand=command.by_hand)

    @triggers.queue_trigger("message", commands.REFRESH_QUEUE + "-poison", CONNECTION)
    @takes(services, RefreshProject, given_up=True)
    async def refresh_failed(ports: Ports, command: RefreshProject) -> None:
        await fail_refresh(ports, command.project, _GAVE_UP)

    @triggers.queue_trigger("message", commands.INSPECT_QUEUE, CONNECTION)
    @takes(services, InspectItems)
    async def inspect(ports: Ports, command: InspectItems) -> None:
        await inspect_items(ports, command.project, command.shard)

    @triggers.timer_trigger("timer", "%RECONCILE_SCHEDULE%")
    async def reconcile(timer: func.TimerRequest) -> None:  # noqa: ARG001  the host passes it
        async with called(services, SpanSort.MESSAGE, "reconcile"):
            await refresh_all((await services.get()).ports)

    @triggers.timer_trigger("timer", "%LOOK_AFTER_SCHEDULE%")
    async def look_after(timer: func.TimerRequest) -> None:  # noqa: ARG001  the host passes it
        """One timer for all that has to be looked after: Azure bills a second for each that runs."""
        async with called(services, SpanSort.MESSAGE, "look_after"):
            ports = (await services.get()).ports
            await look_after_runs(ports)
            await refresh_due(ports)
            await revive_stuck(ports)


def _add_webhook_functions(triggers: func.Blueprint, services: Services) -> None:
    @triggers.queue_trigger("message", commands.WEBHOOK_QUEUE, CONNECTION)
    @takes(services, DeliverWebhook)
    async def deliver(ports: Ports, command: DeliverWebhook) -> None:
        await deliver_webhook(ports, command)

    @triggers.queue_trigger("message", commands.WEBHOOK_QUEUE + "-poison", CONNECTION)
    @takes(services, DeliverWebhook, given_up=True)
    async def deliver_failed(ports: Ports, command: DeliverWebhook) -> None:
        await abandon_delivery(ports, command, _GAVE_UP)
