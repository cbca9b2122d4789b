"""Everything at once: Azurite, the sign-in, Event Grid's stand-in and the function app."""

import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import httpx

from local.azurite import SERVICES, Azurite
from local.children import Child
from local.demo import seed
from local.eventgrid import EventGrid, shorten_log
from local.issuer import CLIENT, SCOPE, IssuerServer
from local.leftovers import stop_jobs
from local.ports import LOOPBACK, free_ports
from local.running import Running
from local.token import token_from

REPOSITORY = Path(__file__).parent.parent
HEALTH_PATH = "/api/health"
START_SECONDS = 60


class Stack(Running):
    """A whole Tagwerk on loopback; a context manager for tests and benchmarks.

    By default it takes free ports, a temporary folder and an Azurite that keeps nothing. The app's
    output goes to a file that `app_log` reads, or to our own with `show_app`. With `demo` it makes
    the demo projects. Without `events` the app is not told of new blobs. `settings` are more app settings.
    """

    def __init__(
        self,
        *,
        demo: bool = False,
        events: bool = True,
        in_memory: bool = True,
        port: int | None = None,
        azurite_port: int | None = None,
        folder: Path | None = None,
        app_folder: Path = REPOSITORY,
        settings: Mapping[str, str] | None = None,
        show_app: bool = False,
        progress: Callable[[str], None] = lambda _: None,
    ) -> None:
        base = free_ports(2 + len(SERVICES)) if port is None else port
        self._temporary = tempfile.TemporaryDirectory(prefix="tagwerk-") if folder is None else None
        self.folder = Path(self._temporary.name) if self._temporary else folder or Path()
        self.base_url = f"http://{LOOPBACK}:{base}"
        self.azurite = Azurite(
            base_port=azurite_port or base + 2, folder=self.folder / "azurite", in_memory=in_memory
        )
        self.connection_string = self.azurite.connection_string
        self.issuer = IssuerServer(base + 1)
        self.event_grid = EventGrid(self.azurite.blob_log, self.base_url)
        self.app = Child(
            "app",
            [sys.executable, "-m", "local.host", "--port", str(base), "--app", str(app_folder)],
            None if show_app else self.folder / "app.log",
            env=app_environment(
                self.connection_string,
                self.issuer.url,
                {"JOBS_FOLDER": str(self.folder / "jobs"), **(settings or {})},
            ),
            folder=REPOSITORY,
        )
        self._demo = demo
        self._events = events
        self._progress = progress

    @property
    def children(self) -> list[Child]:
        """Every process of the stack."""
        return [*self.azurite.children, self.app]

    def start(self, on_start: Callable[[], None] = lambda: None) -> None:
        """Start everything in order and wait until the app is healthy; `on_start` follows new processes."""
        shorten_log(self.azurite.blob_log)
        self._progress("Starting Azurite")
        self.azurite.start(on_start)
        self._progress("Starting the sign-in")
        self.issuer.start()
        if self._events:
            self.event_grid.start()
        self._progress("Starting the app")
        self.app.start()
        on_start()
        self.wait_for_app()
        if self._demo:
            seed(self.base_url, self.token("ana"))

    def stop(self) -> None:
        """Stop everything, the app and its jobs first and Azurite last, which saves what it holds."""
        self.app.stop()
        stop_jobs(self.folder / "jobs")
        self.event_grid.stop()
        self.issuer.stop()
        self.azurite.stop()
        if self._temporary:
            self._temporary.cleanup()

    def start_app(self) -> None:
        """Start the app and wait until it is healthy; raise ChildError if it does not get so."""
        self.app.start()
        self.wait_for_app()

    def wait_for_app(self) -> None:
        """Wait until the app is healthy; raise ChildError if it dies or takes too long."""
        self.app.wait_until(self.healthy, START_SECONDS)

    def kill_app(self) -> None:
        """SIGKILL the app; `start_app` starts it again."""
        self.app.kill()

    def healthy(self) -> bool:
        """Whether the app answers its health check."""
        try:
            return httpx.get(self.base_url + HEALTH_PATH, trust_env=False).status_code == httpx.codes.OK
        except httpx.HTTPError:
            return False

    def app_log(self) -> str:
        """What the app wrote so far."""
        log = self.app.log
        return log.read_text(errors="replace") if log and log.exists() else ""

    def token(self, user: str, *, admin: bool = False, groups: Sequence[str] = ()) -> str:
        """An access token for `user`, who is in these groups."""
        return token_from(self.issuer.url, user, admin=admin, groups=groups)


def python_for_jobs(repository: Path) -> dict[str, str]:
    """The app setting that runs jobs with what `make run` installs for them, where it is installed."""
    python = repository / ".venv-assist" / "bin" / "python"
    return {"JOBS_PYTHON": str(python)} if python.is_file() else {}


def app_environment(connection_string: str, issuer: str, settings: Mapping[str, str]) -> dict[str, str]:
    """The app settings of a local run; `settings` win, except over storage and sign-in."""
    return {
        "FUNCTIONS_WORKER_RUNTIME": "python",
        "DATA_CONTAINER": "data",
        "APP_CONTAINER": "tagwerk",
        "RECONCILE_SCHEDULE": "0 0 3 * * *",
        "LOOK_AFTER_SCHEDULE": "*/10 * * * * *",
        "WEBHOOK_ALLOWED_HOSTS": LOOPBACK,
        "PAGE_DIR": str(REPOSITORY / "web" / "dist"),
        "JOBS_PROGRAMS": str(REPOSITORY / "aml_jobs"),
        "JOBS_MEMORY_MB": "6144",
        **python_for_jobs(REPOSITORY),
        **settings,
        "AzureWebJobsStorage": connection_string,
        "STORAGE": connection_string,
        "OIDC_ISSUER": issuer,
        "OIDC_AUDIENCE": CLIENT,
        "OIDC_CLIENT_ID": CLIENT,
        "OIDC_SCOPE": SCOPE,
    }
