"""Loopback ports: refusing others, checking, choosing free ones, waiting for one to answer."""

import random
import socket

from local.errors import LocalError, NotLoopbackError

LOOPBACK = "127.0.0.1"


def require_loopback(host: str) -> str:
    """Return `host` if it is 127.0.0.1; raise NotLoopbackError for anything else."""
    if host != LOOPBACK:
        raise NotLoopbackError(host)
    return host


def is_free(port: int) -> bool:
    """Whether we could listen on `port` now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def answers(port: int) -> bool:
    """Whether something accepts connections on `port`."""
    try:
        socket.create_connection((LOOPBACK, port), timeout=0.5).close()
    except OSError:
        return False
    return True


def free_ports(count: int) -> int:
    """The first of `count` consecutive free ports, below the range that outgoing connections use."""
    chooser = random.SystemRandom()
    for _ in range(200):
        base = chooser.randrange(20_000, 32_000)
        if all(is_free(port) for port in range(base, base + count)):
            return base
    raise LocalError(f"No {count} consecutive free ports between 20000 and 32000.")
