"""A function app at work: its HTTP functions and its listeners, on one event loop."""

import asyncio
import hashlib
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from pathlib import Path

import azure.functions as func
from azure.core.exceptions import AzureError
from azure.functions.queue import QueueMessage as FunctionQueueMessage
from azure.storage.queue import QueueMessage

from local.host.blob_bindings import binder
from local.host.blob_events import POISON_QUEUE, WEBHOOK, BlobEvents, BlobTrigger, control_queue
from local.host.blob_paths import BlobPath
from local.host.config import read_host_config
from local.host.errors import UnsupportedError
from local.host.http_functions import Endpoints, HttpFunctions, json_response
from local.host.indexing import Function, load_functions
from local.host.invocation import Invoker
from local.host.queue_listener import LEASE, Handler, QueueListener, first_line
from local.host.routes import Router
from local.host.schedule import Clock, Schedule, SystemClock
from local.host.settings import resolve
from local.host.storage import StorageClients
from local.host.timers import BlobStatusStore, TimerListener

log = logging.getLogger("local.host")

HOST_STORAGE = "AzureWebJobsStorage"
HOST_ID = "AzureFunctionsWebHost__hostid"
FUNCTIONS_ENDPOINT = "/admin/functions"
RESTART_SECONDS = 5
EVENT_GRID = "EventGrid"


class Host:
    """Runs the function app of a folder as Azure would; `asgi` answers its HTTP requests.

    Building it loads the app and raises AppError if something is wrong with it, a missing app
    setting for instance. Call `start` and `stop` on the loop that serves `asgi`. `crashed` is set
    when a listener fails for a reason that is not the app's.
    """

    def __init__(
        self,
        app_folder: Path,
        settings: Mapping[str, str],
        *,
        clock: Clock | None = None,
        lease: timedelta = LEASE,
    ) -> None:
        self._settings = settings
        self._clock = clock or SystemClock()
        self._lease = lease
        self._config = read_host_config(app_folder)
        self.functions = load_functions(app_folder.resolve())
        self._host_id = settings.get(HOST_ID) or _host_id(app_folder)
        self._storage = StorageClients(settings)
        self._invoke = Invoker(self._config.function_timeout)
        self._queues = [self._queue_listener(f) for f in self._of_kind("queueTrigger")]
        self._timers = [self._timer_listener(f) for f in self._of_kind("timerTrigger")]
        self._blobs = self._blob_events()
        self._tasks: list[asyncio.Task[None]] = []
        self.crashed = asyncio.Event()
        router = Router(self._of_kind("httpTrigger"), self._config.extensions.http.route_prefix)
        self.asgi = HttpFunctions(router, self._endpoints(), self._invoke)

    async def start(self) -> None:
        """Start listening to queues, timers and blob events."""
        runs = [*(listener.run for listener in self._queues), *(timer.run for timer in self._timers)]
        self._tasks = [asyncio.create_task(_forever(run)) for run in runs]
        for task in self._tasks:
            task.add_done_callback(self._notice_crash)

    async def stop(self, grace: float = 5) -> None:
        """Take no more work, let what runs finish for `grace` seconds, and close everything."""
        queues = (listener.stop(grace) for listener in self._queues)
        timers = (listener.stop(grace) for listener in self._timers)
        await asyncio.gather(*queues, *timers)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._invoke.close()
        await self._storage.close()

    def _notice_crash(self, task: asyncio.Task[None]) -> None:
        """A listener that dies must not leave a host that looks healthy."""
        if not task.cancelled() and task.exception():
            log.critical("A listener of the host failed", exc_info=task.exception())
            self.crashed.set()

    def _of_kind(self, kind: str) -> list[Function]:
        return [function for function in self.functions if function.kind == kind]

    def _resolve(self, function: Function, field: str) -> str:
        return resolve(str(function.trigger[field]), self._settings, f"Function {function.name!r}")

    def _queue_listener(self, function: Function) -> QueueListener:
        service = self._storage.queues(str(function.trigger["connection"]), f"Function {function.name!r}")
        if not (isinstance(function.annotation, type) and issubclass(function.annotation, func.QueueMessage)):
            raise UnsupportedError(function.name, "a queue parameter that is not a func.QueueMessage")
        return QueueListener(
            service,
            self._resolve(function, "queueName"),
            _queue_handler(self._invoke, function),
            self._config.extensions.queues,
            lease=self._lease,
        )

    def _timer_listener(self, function: Function) -> TimerListener:
        where = f"Function {function.name!r}"
        blobs = self._storage.blobs(HOST_STORAGE, where)
        return TimerListener(
            function.name,
            Schedule(self._resolve(function, "schedule"), where),
            lambda request: self._invoke(function, request),
            BlobStatusStore(blobs, self._host_id, function.id),
            self._clock,
            run_on_startup=bool(function.trigger.get("runOnStartup")),
            use_monitor=function.trigger.get("useMonitor") is not False,
        )

    def _blob_events(self) -> BlobEvents | None:
        triggers = [self._blob_trigger(function) for function in self._of_kind("blobTrigger")]
        if not triggers:
            return None
        service = self._storage.queues(HOST_STORAGE, "The blob trigger")
        queue = control_queue(self._host_id)
        events = BlobEvents(triggers, service.get_queue_client(queue), self._invoke)
        extensions = self._config.extensions
        events.listener = QueueListener(
            service,
            queue,
            events.handle,
            extensions.blobs.as_queue_options(extensions.queues),
            poison_queue=POISON_QUEUE,
            lease=self._lease,
        )
        self._queues.append(events.listener)
        return events

    def _blob_trigger(self, function: Function) -> BlobTrigger:
        where = f"Function {function.name!r}"
        if function.trigger.get("source") != EVENT_GRID:
            raise UnsupportedError(function.name, "a blob trigger without source=func.BlobSource.EVENT_GRID")
        return BlobTrigger(
            function=function,
            path=BlobPath(self._resolve(function, "path"), where),
            bind=binder(function),
            service=self._storage.blobs(str(function.trigger["connection"]), where),
        )

    def _endpoints(self) -> Endpoints:
        endpoints = {("GET", FUNCTIONS_ENDPOINT): self._list_functions}
        return {**endpoints, ("POST", WEBHOOK): self._blobs.webhook} if self._blobs else endpoints

    async def _list_functions(self, _: func.HttpRequest) -> func.HttpResponse:
        """What the functions are, and which containers' events the blob functions want."""
        blobs = {f.name: self._resolve(f, "path") for f in self._of_kind("blobTrigger")}
        return json_response(
            [{"name": f.name, "kind": f.kind, "path": blobs.get(f.name)} for f in self.functions]
        )


def _queue_handler(invoke: Invoker, function: Function) -> Handler:
    async def handle(message: QueueMessage, body: bytes) -> None:
        await invoke(
            function,
            FunctionQueueMessage(
                id=message.id,
                body=body,
                dequeue_count=message.dequeue_count,
                expiration_time=message.expires_on,
                insertion_time=message.inserted_on,
                time_next_visible=message.next_visible_on,
                pop_receipt=message.pop_receipt,
            ),
        )

    return handle


async def _forever(run: Callable[[], Awaitable[None]]) -> None:
    """Run a listener, and again after a pause if storage fails it."""
    while True:
        try:
            return await run()
        except AzureError as error:
            log.warning("Storage: %s; trying again in %d s", first_line(error), RESTART_SECONDS)
        await asyncio.sleep(RESTART_SECONDS)


def _host_id(app_folder: Path) -> str:
    return "local-" + hashlib.sha256(str(app_folder.resolve()).encode()).hexdigest()[:16]
