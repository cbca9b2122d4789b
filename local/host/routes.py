"""Route templates of HTTP functions: `items/{id:int}`, `{name?}`, `{*rest}`."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from local.host.errors import UnsupportedError
from local.host.indexing import Function

SEGMENT = re.compile(r"\{(?P<all>\*?)(?P<name>\w+)(?::(?P<constraint>\w+))?(?P<optional>\??)\}")
CONSTRAINTS = {"": r"[^/]+", "int": r"-?\d+", "alpha": r"[A-Za-z]+", "guid": r"[0-9A-Fa-f-]{32,36}"}
# How much sooner a segment is tried than others: literal, constrained, parameter, catch-all.
LITERAL, CONSTRAINED, PARAMETER, CATCH_ALL = range(4)


@dataclass(frozen=True)
class Route:
    """A compiled route template and the function that it leads to."""

    function: Function
    methods: frozenset[str]
    pattern: re.Pattern[str]
    precedence: tuple[int, ...]

    def match(self, method: str, path: str) -> dict[str, str] | None:
        """The route parameters in `path`, or None if this route does not take the request."""
        if self.methods and method not in self.methods:
            return None
        found = self.pattern.fullmatch(path)
        return {k: v for k, v in found.groupdict().items() if v is not None} if found else None


class Router:
    """Finds the function for a request; the more specific template wins."""

    def __init__(self, functions: Iterable[Function], prefix: str) -> None:
        routes = [_compile(function, prefix) for function in functions]
        self._routes = sorted(routes, key=lambda route: route.precedence)

    def find(self, method: str, path: str) -> tuple[Function, Mapping[str, str]] | None:
        """The function for a method and a decoded path, with its route parameters."""
        for route in self._routes:
            parameters = route.match(method, path)
            if parameters is not None:
                return route.function, parameters
        return None


def _compile(function: Function, prefix: str) -> Route:
    template = function.trigger.get("route")
    template = function.name if template is None else str(template)
    segments = [part for part in f"{prefix}/{template}".split("/") if part]
    compiled = [_segment(segment, function.name) for segment in segments]
    methods = frozenset(
        str(method).rpartition(".")[2].upper() for method in function.trigger.get("methods") or ()
    )
    return Route(
        function=function,
        methods=methods,
        pattern=re.compile("".join(pattern for pattern, _ in compiled) + "/?", re.IGNORECASE | re.DOTALL),
        precedence=tuple(rank for _, rank in compiled),
    )


def _segment(segment: str, function: str) -> tuple[str, int]:
    found = SEGMENT.fullmatch(segment)
    if not found:
        return "/" + re.escape(segment), LITERAL
    name, constraint = found["name"], found["constraint"] or ""
    if found["all"]:
        return f"(?:/(?P<{name}>.*))?", CATCH_ALL
    if constraint not in CONSTRAINTS:
        raise UnsupportedError(function, f"the route constraint {constraint!r}")
    pattern = f"/(?P<{name}>{CONSTRAINTS[constraint]})"
    return (f"(?:{pattern})?" if found["optional"] else pattern), CONSTRAINED if constraint else PARAMETER
