"""Starts the embedded server of a folder, says so on one line, and waits until it is ended or
its standard input closes.

python starter.py FOLDER
"""

import json
import os
import signal
import sys
from dataclasses import asdict
from pathlib import Path

from yinuo.platform.postgres import EmbeddedPostgres, PostgresError


def say(content: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(content) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    # A shell that runs the tests in the background has its children ignore the interrupt.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with EmbeddedPostgres(Path(sys.argv[1])) as addresses:
            say({"pid": os.getpid(), **asdict(addresses)})
            sys.stdin.read()
    except PostgresError as error:
        say({"code": error.code, "message": str(error)})
    except KeyboardInterrupt:
        pass
