"""What `make run` does: checks, start everything, keep it running, stop it in order."""

import signal
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from local.azurite import SERVICES, check_installed
from local.children import Child
from local.demo import DemoError, seed
from local.errors import ChildError, PortInUseError, SettingError
from local.leftovers import DataFolder
from local.people import DEMO_PEOPLE
from local.ports import is_free
from local.stack import Stack

POLL_SECONDS = 0.2
FIRST_DELAY, LONGEST_DELAY = 0.5, 30.0
STEADY_SECONDS = 60
HIGHEST_PORT = 65_535
# App settings that the environment of `make run` may override.
OVERRIDABLE = (
    "FUNCTIONS_WORKER_RUNTIME",
    "DATA_CONTAINER",
    "APP_CONTAINER",
    "RECONCILE_SCHEDULE",
    "LOOK_AFTER_SCHEDULE",
    "PAGE_DIR",
    "JOBS_PYTHON",
    "JOBS_THREADS",
    "JOBS_MEMORY_MB",
)


@dataclass(frozen=True)
class Options:
    """What the environment says about a run."""

    port: int
    azurite_port: int
    data_dir: Path
    demo: bool

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> Self:
        """The options in an environment; raises SettingError for a value that makes no sense."""
        demo = environment.get("DEMO", "1")
        if demo not in ("0", "1"):
            raise SettingError("DEMO", demo, "0 or 1")
        return cls(
            port=_port(environment, "PORT", 7071, span=2),
            azurite_port=_port(environment, "AZURITE_PORT", 10_000, span=len(SERVICES)),
            data_dir=Path(environment.get("DATA_DIR") or ".data").resolve(),
            demo=demo == "1",
        )

    @property
    def ports(self) -> dict[int, tuple[str, str]]:
        """Every port needed, what for, and the variable that moves it."""
        own = {self.port: ("the app", "PORT"), self.port + 1: ("sign-in", "PORT")}
        storage = {
            self.azurite_port + offset: (f"Azurite's {service} service", "AZURITE_PORT")
            for offset, service in enumerate(SERVICES)
        }
        return {**own, **storage}


def supervise(environment: Mapping[str, str], app_folder: Path) -> None:
    """Run Tagwerk until SIGINT or SIGTERM; raises LocalError if it cannot start."""
    options = Options.read(environment)
    for ends in (signal.SIGINT, signal.SIGTERM):  # a shell has what it runs in the background ignore SIGINT
        signal.signal(ends, signal.default_int_handler)
    try:
        with DataFolder(options.data_dir) as data:
            prepare(options, data)
            _run(options, data, environment, app_folder)
    except KeyboardInterrupt:
        say("Stopped")


def prepare(options: Options, data: DataFolder) -> None:
    """Check that everything can start, and stop what a killed run left behind."""
    check_installed()
    left = data.stop_leftovers()
    if left:
        say(f"Stopped {left} processes that the last run left behind")
    for port, (purpose, variable) in options.ports.items():
        if not is_free(port):
            raise PortInUseError(port, purpose, variable)


def say(text: str) -> None:
    """A line of progress."""
    print(text, flush=True)


def _run(options: Options, data: DataFolder, environment: Mapping[str, str], app_folder: Path) -> None:
    stack = Stack(
        in_memory=False,
        port=options.port,
        azurite_port=options.azurite_port,
        folder=options.data_dir,
        app_folder=app_folder,
        settings={name: environment[name] for name in OVERRIDABLE if name in environment},
        show_app=True,
        progress=say,
    )
    try:
        stack.start(on_start=lambda: data.note(stack.children))
        if options.demo:
            _seed(stack)
        _announce(stack)
        Watch(stack, lambda: data.note(stack.children)).run()
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        say("Stopping")
        stack.stop()
        data.forget()


def _seed(stack: Stack) -> None:
    try:
        seed(stack.base_url, stack.token("ana"))
    except DemoError as error:
        say(str(error))


def _announce(stack: Stack) -> None:
    say(f"Tagwerk is ready at {stack.base_url}")
    say("Sign in as " + ", ".join(f"{person.name} ({person.does})" for person in DEMO_PEOPLE))
    say("Press Ctrl-C to stop")


class Watch:
    """Starts again what dies, each time after a longer pause unless it ran well for a minute."""

    def __init__(self, stack: Stack, on_start: Callable[[], None]) -> None:
        self._stack = stack
        self._on_start = on_start
        self._delay = FIRST_DELAY
        self._started = time.monotonic()

    def run(self) -> None:
        """Watch for ever."""
        while True:
            time.sleep(POLL_SECONDS)
            for child in self._stack.children:
                if not child.running:
                    self._restart(child)

    def _restart(self, child: Child) -> None:
        if time.monotonic() - self._started > STEADY_SECONDS:
            self._delay = FIRST_DELAY
        say(f"{child.name} ended with status {child.exit_status}; starting it again in {self._delay:g} s")
        time.sleep(self._delay)
        self._delay = min(LONGEST_DELAY, 2 * self._delay)
        self._started = time.monotonic()
        child.start()
        self._on_start()
        if child is self._stack.app:
            self._wait_for_app()

    def _wait_for_app(self) -> None:
        try:
            self._stack.wait_for_app()
        except ChildError as error:
            say(str(error))
        else:
            say("The app is back")


def _port(environment: Mapping[str, str], name: str, default: int, *, span: int) -> int:
    text = environment.get(name) or str(default)
    if not text.isdecimal() or not 0 < int(text) <= HIGHEST_PORT - span + 1:
        raise SettingError(name, text, f"a port between 1 and {HIGHEST_PORT - span + 1}")
    return int(text)
