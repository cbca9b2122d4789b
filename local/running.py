"""What is started on entering a `with` block and stopped on leaving it."""

from abc import ABC, abstractmethod
from types import TracebackType
from typing import Self


class Running(ABC):
    """A context manager over `start` and `stop`; a start that fails is stopped too."""

    @abstractmethod
    def start(self) -> None:
        """Start, and return once it answers."""

    @abstractmethod
    def stop(self) -> None:
        """Stop whatever was started."""

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
