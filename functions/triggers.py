"""What Azure calls besides HTTP: queues, blobs and timers. Parse, call a use case."""

import azure.functions as func
import azurefunctions.extensions.bindings.blob as blob

from core.domain.commands import (
    DeleteProject,
    DeliverWebhook,
    InitializeProject,
    InspectItems,
    ReadImport,
    RefreshProject,
    RunOperation,
    StartRun,
    TakeRun,
    WriteExport,
)
from core.formats import commands
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
from core.usecases.run_operation import fail_operation, run_operation
from core.usecases.start_run import start_run
from core.usecases.take_run import take_run
from core.usecases.write_export import fail_export, write_export
from functions.services import Services

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
    _add_data_functions(triggers, services)
    _add_webhook_functions(triggers, services)
    return triggers


def _add_project_functions(triggers: func.Blueprint, services: Services) -> None:
    @triggers.queue_trigger("message", commands.INITIALIZE_QUEUE, CONNECTION)
    async def initialize(message: func.QueueMessage) -> None:
        command = commands.decode(InitializeProject, message.get_body())
        await initialize_project((await services.get()).ports, command.project)

    @triggers.queue_trigger("message", commands.INITIALIZE_QUEUE + "-poison", CONNECTION)
    async def initialize_failed(message: func.QueueMessage) -> None:
        command = commands.decode(InitializeProject, message.get_body())
        await fail_project((await services.get()).ports, command.project, _GAVE_UP)

    @triggers.queue_trigger("message", commands.DELETE_QUEUE, CONNECTION)
    async def delete(message: func.QueueMessage) -> None:
        command = commands.decode(DeleteProject, message.get_body())
        await erase_project((await services.get()).ports, command.project)


def _add_export_functions(triggers: func.Blueprint, services: Services) -> None:
    @triggers.queue_trigger("message", commands.EXPORT_QUEUE, CONNECTION)
    async def export(message: func.QueueMessage) -> None:
        command = commands.decode(WriteExport, message.get_body())
        await write_export((await services.get()).ports, command.project, command.export)

    @triggers.queue_trigger("message", commands.EXPORT_QUEUE + "-poison", CONNECTION)
    async def export_failed(message: func.QueueMessage) -> None:
        command = commands.decode(WriteExport, message.get_body())
        await fail_export((await services.get()).ports, command.project, command.export, _GAVE_UP)


def _add_import_functions(triggers: func.Blueprint, services: Services) -> None:
    @triggers.queue_trigger("message", commands.IMPORT_QUEUE, CONNECTION)
    async def import_labels(message: func.QueueMessage) -> None:
        command = commands.decode(ReadImport, message.get_body())
        await read_import((await services.get()).ports, command.project, command.import_id)

    @triggers.queue_trigger("message", commands.IMPORT_QUEUE + "-poison", CONNECTION)
    async def import_failed(message: func.QueueMessage) -> None:
        command = commands.decode(ReadImport, message.get_body())
        await fail_import((await services.get()).ports, command.project, command.import_id, _GAVE_UP)


def _add_operation_functions(triggers: func.Blueprint, services: Services) -> None:
    @triggers.queue_trigger("message", commands.OPERATION_QUEUE, CONNECTION)
    async def operate(message: func.QueueMessage) -> None:
        command = commands.decode(RunOperation, message.get_body())
        await run_operation((await services.get()).ports, command.project, command.operation)

    @triggers.queue_trigger("message", commands.OPERATION_QUEUE + "-poison", CONNECTION)
    async def operate_failed(message: func.QueueMessage) -> None:
        command = commands.decode(RunOperation, message.get_body())
        await fail_operation((await services.get()).ports, command.project, command.operation, _GAVE_UP)


def _add_run_functions(triggers: func.Blueprint, services: Services) -> None:
    @triggers.queue_trigger("message", commands.START_RUN_QUEUE, CONNECTION)
    async def start(message: func.QueueMessage) -> None:
        command = commands.decode(StartRun, message.get_body())
        await start_run((await services.get()).ports, command.project, command.run)

    @triggers.queue_trigger("message", commands.START_RUN_QUEUE + "-poison", CONNECTION)
    async def start_failed(message: func.QueueMessage) -> None:
        command = commands.decode(StartRun, message.get_body())
        await fail_run((await services.get()).ports, command.project, command.run, _GAVE_UP)

    @triggers.queue_trigger("message", commands.TAKE_RUN_QUEUE, CONNECTION)
    async def take(message: func.QueueMessage) -> None:
        command = commands.decode(TakeRun, message.get_body())
        await take_run((await services.get()).ports, command.project, command.run)

    @triggers.queue_trigger("message", commands.TAKE_RUN_QUEUE + "-poison", CONNECTION)
    async def take_failed(message: func.QueueMessage) -> None:
        command = commands.decode(TakeRun, message.get_body())
        await fail_run((await services.get()).ports, command.project, command.run, _GAVE_UP)


def _add_data_functions(triggers: func.Blueprint, services: Services) -> None:
    @triggers.blob_trigger("client", "%DATA_CONTAINER%/{name}", CONNECTION, source=func.BlobSource.EVENT_GRID)
    async def ingest(client: blob.BlobClient) -> None:
        await ingest_blob((await services.get()).ports, client.container_name, client.blob_name)

    @triggers.queue_trigger("message", commands.REFRESH_QUEUE, CONNECTION)
    async def refresh(message: func.QueueMessage) -> None:
        command = commands.decode(RefreshProject, message.get_body())
        await refresh_project((await services.get()).ports, command.project, by_hand=command.by_hand)

    @triggers.queue_trigger("message", commands.REFRESH_QUEUE + "-poison", CONNECTION)
    async def refresh_failed(message: func.QueueMessage) -> None:
        command = commands.decode(RefreshProject, message.get_body())
        await fail_refresh((await services.get()).ports, command.project, _GAVE_UP)

    @triggers.queue_trigger("message", commands.INSPECT_QUEUE, CONNECTION)
    async def inspect(message: func.QueueMessage) -> None:
        command = commands.decode(InspectItems, message.get_body())
        await inspect_items((await services.get()).ports, command.project, command.shard)

    @triggers.timer_trigger("timer", "%RECONCILE_SCHEDULE%")
    async def reconcile(timer: func.TimerRequest) -> None:  # noqa: ARG001  the host passes it
        await refresh_all((await services.get()).ports)

    @triggers.timer_trigger("timer", "%LOOK_AFTER_SCHEDULE%")
    async def look_after(timer: func.TimerRequest) -> None:  # noqa: ARG001  the host passes it
        """One timer for all that has to be looked after: Azure bills a second for each that runs."""
        ports = (await services.get()).ports
        await look_after_runs(ports)
        await refresh_due(ports)
        await revive_stuck(ports)


def _add_webhook_functions(triggers: func.Blueprint, services: Services) -> None:
    @triggers.queue_trigger("message", commands.WEBHOOK_QUEUE, CONNECTION)
    async def deliver(message: func.QueueMessage) -> None:
        command = commands.decode(DeliverWebhook, message.get_body())
        await deliver_webhook((await services.get()).ports, command)

    @triggers.queue_trigger("message", commands.WEBHOOK_QUEUE + "-poison", CONNECTION)
    async def deliver_failed(message: func.QueueMessage) -> None:
        command = commands.decode(DeliverWebhook, message.get_body())
        await abandon_delivery((await services.get()).ports, command, _GAVE_UP)
