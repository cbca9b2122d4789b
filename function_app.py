"""The composition root: settings -> adapters -> use cases -> functions. Azure and `func start` run this file.

Importing it needs no network and no settings; both are asked for by the first call.
"""

import asyncio
import gc
import os
from dataclasses import replace
from pathlib import Path

import azure.functions as func

from core.adapters.azure_backups import TableBackups
from core.adapters.azure_blobs import AzureBlobs
from core.adapters.azure_instructions import TableInstructions
from core.adapters.azure_log import TableLog
from core.adapters.azure_ml import AzureMlAssets
from core.adapters.azure_ml_clusters import Cluster
from core.adapters.azure_ml_jobs import AzureMlJobs
from core.adapters.azure_ml_models import AzureMlModels
from core.adapters.azure_ml_workspace import Machines, OpenWorkspace, Workspace
from core.adapters.azure_queues import AzureQueues
from core.adapters.azure_rows import TableRows
from core.adapters.azure_shards import TableShards
from core.adapters.azure_storage import StorageAccount
from core.adapters.azure_tables import (
    TableDatastores,
    TableInvitations,
    TableMembers,
    TablePeople,
    TableProjects,
    global_table,
)
from core.adapters.azure_transfers import table_exports, table_imports, table_operations, table_runs
from core.adapters.azure_usage import TableUsage
from core.adapters.azure_webhooks import TableWebhooks
from core.adapters.blob_archives import BlobArchive
from core.adapters.caching import CachedDatastores, CachedMembers, CachedProjects, CachedShards
from core.adapters.log_records import tell_work
from core.adapters.metering import Meter, UsageReports
from core.adapters.oidc import OidcTokens
from core.adapters.otel_telemetry import OtelTelemetry
from core.adapters.storage_meters import Count, uncounted
from core.adapters.system import RandomIds, SystemClock
from core.adapters.webhook_sender import HttpSender
from core.domain.projects import Datastore
from core.domain.receivers import Receivers
from core.formats import groups, manifest, predictions
from core.ports import BlobStore, JobRunner, Limits, Ports
from core.settings import (
    ClusterSettings,
    LocalJobSettings,
    Settings,
    StorageSettings,
    WorkspaceSettings,
    read_settings,
)
from functions.api import create_api
from functions.services import Connected, Services
from functions.triggers import create_triggers

GARBAGE_THRESHOLD = 10_000
"""New objects between two collections: a page of rows is a thousand, not a sign of garbage."""

tell_work()
telemetry = OtelTelemetry()


async def connect() -> Connected:
    """Everything the functions need, for the settings in the environment."""
    settings = read_settings(os.environ)
    meter = Meter()
    account = open_account(settings.storage, meter.count)
    ports = await open_ports(account, settings, meter.count)
    reports = UsageReports(meter, ports.usage, ports.clock)
    oidc = settings.oidc
    tokens = OidcTokens(oidc.issuer, oidc.audiences, ports.clock)
    checks = {**account.checks(), "issuer": tokens.check}
    return Connected(settings, ports, tokens, checks, (reports.ended,))


def open_account(storage: StorageSettings, count: Count = uncounted) -> StorageAccount:
    """The storage account: by its connection string in development, by identity in Azure."""
    if storage.connection_string:
        return StorageAccount.from_connection_string(storage.connection_string, count)
    return StorageAccount.from_identity(
        storage.blobs, storage.queues, storage.tables, storage.client_id, count
    )


async def open_ports(account: StorageAccount, settings: Settings, count: Count = uncounted) -> Ports:
    """The ports over an account, with what every deployment has: a table, two containers, a datastore."""
    clock = SystemClock()
    blobs = AzureBlobs(account.blobs, account.open, count)
    table = await global_table(account.tables)
    limits = Limits(app_container=settings.app_container, max_items=settings.max_items)
    workspace = _workspace(settings.workspace)
    ports = Ports(
        projects=CachedProjects(TableProjects(table), clock),
        members=CachedMembers(TableMembers(table), clock),
        invitations=TableInvitations(table),
        people=TablePeople(table),
        datastores=CachedDatastores(TableDatastores(table), clock),
        shards=CachedShards(TableShards(account.tables, blobs, limits.app_container), clock),
        manifests=BlobArchive(blobs, limits.app_container, manifest.encode, manifest.decode),
        predictions=BlobArchive(blobs, limits.app_container, predictions.encode, predictions.decode),
        groups=BlobArchive(blobs, limits.app_container, groups.encode, groups.decode),
        exports=table_exports(account.tables),
        imports=table_imports(account.tables),
        operations=table_operations(account.tables),
        runs=table_runs(account.tables),
        log=TableLog(account.tables),
        instructions=TableInstructions(account.tables),
        webhooks=TableWebhooks(account.tables),
        usage=TableUsage(table),
        receivers=HttpSender(Receivers(settings.webhook_hosts)),
        blobs=blobs,
        rows=TableRows(account.tables),
        backups=TableBackups(table),
        commands=AzureQueues(account.queues),
        assets=AzureMlAssets(workspace) if workspace else None,
        models=AzureMlModels(blobs, workspace) if workspace else None,
        jobs=_jobs(blobs, settings, workspace),
        clock=clock,
        ids=RandomIds(),
        limits=limits,
        prices=settings.prices,
        telemetry=telemetry,
    )
    await asyncio.gather(blobs.prepare(settings.app_container), blobs.prepare(settings.data_container))
    await ports.datastores.put(Datastore(settings.data_container, settings.data_container))
    return ports


def _workspace(settings: WorkspaceSettings | None) -> OpenWorkspace | None:
    if settings is None:
        return None
    place = Workspace(settings.subscription, settings.resource_group, settings.name)
    return OpenWorkspace(place, settings.client_id)


def _machines(cluster: ClusterSettings) -> Machines:
    gpu = Cluster(cluster.name, cluster.size, cluster.low_priority, cluster.max_nodes, cluster.identity)
    cpu = gpu
    if cluster.cpu_name:
        cpu = replace(gpu, name=cluster.cpu_name, size=cluster.cpu_size, low_priority=False)
    return Machines(gpu, cpu, cluster.environment, cluster.code)


def _jobs(blobs: BlobStore, settings: Settings, workspace: OpenWorkspace | None) -> JobRunner | None:
    if workspace and settings.cluster:
        return AzureMlJobs(blobs, settings.app_container, workspace, _machines(settings.cluster))
    return _local_jobs(blobs, settings.local_jobs) if settings.local_jobs else None


def _local_jobs(blobs: BlobStore, settings: LocalJobSettings) -> JobRunner:
    from core.adapters.local_jobs import LocalJobs, LocalLimits  # where there is Azure ML, nobody needs it

    limits = LocalLimits(settings.threads, settings.memory_mb * 1024**2 if settings.memory_mb else None)
    return LocalJobs(blobs, Path(settings.folder), settings.python, Path(settings.programs), limits)


services = Services(connect, telemetry)
app = func.AsgiFunctionApp(app=create_api(services), http_auth_level=func.AuthLevel.ANONYMOUS)
app.register_functions(create_triggers(services))

gc.freeze()  # what is imported stays; looking through it for garbage cost a fifth of an export
gc.set_threshold(GARBAGE_THRESHOLD)
