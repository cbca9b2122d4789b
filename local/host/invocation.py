"""Calling functions: async ones on the event loop, sync ones in threads, failures logged."""

import asyncio
import logging
import sysconfig
import threading
import time
import traceback
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import azure.functions as func

from local.host.errors import InvocationError
from local.host.indexing import Function

log = logging.getLogger("local.host")

OWN_FOLDER = str(Path(__file__).parent)
STANDARD_LIBRARY = sysconfig.get_paths()["stdlib"]


class Context(func.Context):
    """What a function may ask about its invocation."""

    def __init__(self, function: Function) -> None:
        self._function = function
        self._id = str(uuid.uuid4())
        self._locals = threading.local()

    @property
    def invocation_id(self) -> str:
        """A new id for each invocation."""
        return self._id

    @property
    def thread_local_storage(self) -> Any:
        """Storage of the calling thread, as the worker hands out."""
        return self._locals

    @property
    def function_name(self) -> str:
        """The function's name."""
        return self._function.name

    @property
    def function_directory(self) -> str:
        """The folder of function_app.py."""
        return self._function.folder

    @property
    def trace_context(self) -> Any:
        """An empty trace context: nothing traces locally."""
        return SimpleNamespace(trace_parent="", trace_state="", attributes={})

    @property
    def retry_context(self) -> Any:
        """An empty retry context: retry policies are not supported."""
        return SimpleNamespace(retry_count=0, max_retry_count=0, exception=None)


class Invoker:
    """Calls functions and survives whatever they raise; a negative timeout is none, as in host.json."""

    def __init__(self, timeout: timedelta) -> None:
        self._timeout = timeout.total_seconds() if timeout > timedelta(0) else None
        self._threads = ThreadPoolExecutor(thread_name_prefix="function")

    async def __call__(self, function: Function, value: object) -> Any:
        """Call `function` with its trigger's value; raise InvocationError, already logged, if it fails."""
        arguments = {function.parameter: value}
        if function.wants_context:
            arguments["context"] = Context(function)
        started = time.monotonic()
        try:
            async with asyncio.timeout(self._timeout):
                return await self._call(function, arguments)
        except Exception as error:  # the one place where any failure of a function must not stop the host
            log.error(describe(function.name, error, time.monotonic() - started))
            raise InvocationError(function.name) from error

    def close(self) -> None:
        """Stop handing out threads; those running are left to end with the process."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _call(self, function: Function, arguments: dict[str, Any]) -> Any:
        if function.is_async:
            return await function.call(**arguments)
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, lambda: function.call(**arguments))


def describe(name: str, error: BaseException, seconds: float) -> str:
    """A failure in a few lines: what failed, and the app's own frames from the outermost in."""
    reason = "".join(traceback.format_exception_only(error)).strip()
    frames = traceback.extract_tb(error.__traceback__)
    shown = [frame for frame in frames if _is_of_app(frame.filename)] or frames[-1:]
    lines = [f"    {_short(frame.filename)}:{frame.lineno} in {frame.name}: {frame.line}" for frame in shown]
    return "\n".join([f"{name} failed after {seconds * 1000:.0f} ms: {reason}", *lines])


def _is_of_app(filename: str) -> bool:
    return not filename.startswith((OWN_FOLDER, STANDARD_LIBRARY, "<")) and "site-packages" not in filename


def _short(filename: str) -> str:
    path = Path(filename)
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else filename
