"""`yinuo web`: serves HTTP from a few worker processes, each with a few threads."""

from __future__ import annotations

import argparse
import os
import signal
import socket
import sys
from pathlib import Path
from typing import Any

from granian.constants import Interfaces, SSLProtocols
from granian.log import LogLevels
from granian.server import Server

from yinuo.platform.postgres.account import die_with_parent
from yinuo.surfaces.cli.exits import FAILED, RefusedError

APPLICATION = "yinuo.config.wsgi:application"
LOCAL = "127.0.0.1"
THREADS_PER_WORKER = 4
# Requests in flight get this long when the server stops (R48: 20 s for everything).
DRAIN_SECONDS = 6
LOGS: dict[str, Any] = {
    "formatters": {"json": {"()": "yinuo.platform.web.logs.JsonFormatter"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "json"},
    },
    "loggers": {
        "_granian": {"handlers": ["stderr"], "propagate": False},
        "granian.access": {"handlers": [], "propagate": False},
    },
}


def default_workers() -> int:
    """One process for each processor, at least two so that one may restart, at most eight."""
    return min(max(os.cpu_count() or 1, 2), 8)


def require_free_port(host: str, port: int) -> None:
    """Refuses a port that somebody listens on, or that this user may not use.

    The server's workers share a port on purpose, so the operating system would not complain of a
    second server by itself.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            raise RefusedError(
                f"cannot listen on {host}:{port} ({error.strerror}): another program may be using "
                "the port; choose another with --port, or stop that program"
            ) from None


def load_application() -> Any:
    """The WSGI application, loaded in a worker, which ends when the main process is killed."""
    wish = die_with_parent(signal.SIGTERM, parent=os.getppid())
    if wish is not None:
        wish()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yinuo.config.settings")
    module, _, name = APPLICATION.partition(":")
    __import__(module)
    return getattr(sys.modules[module], name)


def serve(
    host: str,
    port: int,
    workers: int,
    certificate: Path | None = None,
    key: Path | None = None,
) -> int:
    """Serves until SIGTERM or SIGINT, over TLS with a certificate and its key; requests in flight
    are finished. Returns the exit code."""
    server = Server(
        APPLICATION,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS_PER_WORKER,
        websockets=False,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=DRAIN_SECONDS,
        log_level=LogLevels.warning,
        log_dictconfig=LOGS,
        ssl_cert=certificate,
        ssl_key=key,
        ssl_protocol_min=SSLProtocols.tls12,
    )
    try:
        server.serve(target_loader=load_application, wrap_loader=False)
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def port(text: str) -> int:
    """A TCP port, 1 to 65535. Errors: argparse's."""
    return _number(text, 65535, "a port")


def workers(text: str) -> int:
    """How many worker processes, 1 to 64. Errors: argparse's."""
    return _number(text, 64, "the number of processes")


def _number(text: str, most: int, what: str) -> int:
    if not (text.isascii() and text.isdecimal() and 1 <= int(text) <= most):
        raise argparse.ArgumentTypeError(f"{what} is from 1 to {most}")
    return int(text)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen and with how many processes."""
    parser.add_argument("--host", default=LOCAL, help=f"address to listen on ({LOCAL})")
    parser.add_argument("--port", type=port, default=8000, help="port to listen on (%(default)s)")
    parser.add_argument(
        "--web-workers",
        type=workers,
        default=default_workers(),
        metavar="N",
        help="processes that answer requests (%(default)s)",
    )


def main(arguments: list[str]) -> int:
    """The child process of `yinuo up`: serves, without asking again what `up` has checked."""
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    parser.add_argument("--certificate", type=Path)
    parser.add_argument("--key", type=Path)
    chosen = parser.parse_args(arguments)
    try:
        return serve(chosen.host, chosen.port, chosen.web_workers, chosen.certificate, chosen.key)
    except RefusedError:
        return FAILED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
