"""The path of a blob trigger: `container/images/{name}.png`."""

import re

from local.host.errors import AppError

PARAMETER = re.compile(r"\{(\w+)\}")


class BlobPath:
    """A trigger's path pattern: its container, and which blobs of it match.

    A parameter such as `{name}` matches any text, slashes included. Azure leaves this filter to the
    Event Grid subscription; here every event passes through it, whatever the subscription says.
    """

    def __init__(self, pattern: str, where: str) -> None:
        self.container, slash, blob = pattern.partition("/")
        if not slash or not self.container or "{" in self.container:
            raise AppError(f"{where} has the path {pattern!r}, which is not container/blob.")
        parts = PARAMETER.split(blob)
        names = parts[1::2]
        if len(set(names)) != len(names):
            raise AppError(f"{where} names a parameter twice in {pattern!r}.")
        texts = [f"(?P<{part}>.+)" if i % 2 else re.escape(part) for i, part in enumerate(parts)]
        self._pattern = re.compile("".join(texts), re.DOTALL)

    def match(self, container: str, blob: str) -> dict[str, str] | None:
        """The values of the path's parameters, or None if the blob is not meant."""
        found = self._pattern.fullmatch(blob) if container == self.container else None
        return found.groupdict() if found else None
