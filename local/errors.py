"""What can go wrong before anything runs: each error is one sentence that says what to do."""

from pathlib import Path


class LocalError(Exception):
    """The base of every error that `make run` reports without a traceback."""


class NotLoopbackError(LocalError):
    """Something asked to listen where other machines could reach it."""

    def __init__(self, host: str) -> None:
        super().__init__(f"The development host listens on 127.0.0.1 only and refuses {host!r}.")


class PortInUseError(LocalError):
    """Another program already listens on a port that we need."""

    def __init__(self, port: int, purpose: str, variable: str) -> None:
        super().__init__(
            f"Port {port} ({purpose}) is in use: stop the program that listens there, "
            f"or choose another with {variable}=<port>."
        )


class NodeMissingError(LocalError):
    """Azurite is a Node.js program, and there is no `node` on the PATH."""

    def __init__(self) -> None:
        super().__init__("Node.js is missing: install Node.js 20 or newer, then run again.")


class AzuriteMissingError(LocalError):
    """Azurite's npm packages have not been installed."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"Azurite is not installed: run `npm ci` in {folder}, or `make run`, which does it.")


class DataDirError(LocalError):
    """DATA_DIR cannot hold our data."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(f"DATA_DIR {folder} is unusable: {reason}. Choose another with DATA_DIR=<folder>.")


class SettingError(LocalError):
    """An environment variable has a value that makes no sense."""

    def __init__(self, name: str, value: str, expected: str) -> None:
        super().__init__(f"{name}={value!r} is not {expected}.")


class ChildError(LocalError):
    """A process that we started died or never answered."""

    def __init__(self, name: str, reason: str, log: str) -> None:
        super().__init__(f"{name} {reason}.\n{log}".rstrip())
