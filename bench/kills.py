"""The web server killed at random while phones send: nothing is lost, nothing done twice (B-40).

    python -m bench.kills [--kills 10] [--json]

A fresh database. Phones send their days' work, each as in `bench.field`, while all web processes
are killed at a random moment and started again, so many times. A phone that was
cut sends again what it has no answer for. Afterwards the database is counted: every operation
applied once, every fact of every visit once, every photograph whole.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.client import HTTPException
from queue import Empty, SimpleQueue

from bench.company import Company, kept_company, start_web
from bench.field import NOTES, PHOTOS, Phone, come_back, made

PHONES, WORKERS = 4, 2
LONGEST_LIFE_SECONDS = 3.0


def main() -> int:
    """Kill, count, print; 1 when something was lost or doubled."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with kept_company() as company:
        figures = counted(*survived(company, options.kills))
    if options.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name:32}{value:>12}")
    return int(any(figures[name] for name in ("lost", "doubled", "photos_lost")))


def survived(company: Company, kills: int) -> tuple[int, list[Phone]]:
    """Phones send days of work until the last kill; gives the kills and all that was sent."""
    waiting: SimpleQueue[Phone] = SimpleQueue()
    for phone in made(kills + PHONES):
        waiting.put(phone)
    sent: list[Phone] = []
    over = threading.Event()
    web = start_web(WORKERS)
    try:
        with ThreadPoolExecutor(PHONES) as pool:
            working = [pool.submit(work, company, over, waiting, sent) for _ in range(PHONES)]
            for _ in range(kills):
                time.sleep(random.uniform(0.2, LONGEST_LIFE_SECONDS))
                kill(web)
                web = start_web(WORKERS)
            over.set()
            # The last life of the server lasts until all is sent.
            for one in working:
                one.result()
    finally:
        kill(web)
    return kills, sent


def kill(web: subprocess.Popen[bytes]) -> None:
    """End all processes of the server at once, without a word."""
    with suppress(ProcessLookupError):
        os.killpg(web.pid, signal.SIGKILL)
    web.wait(30)


def work(
    company: Company, over: threading.Event, waiting: SimpleQueue[Phone], sent: list[Phone]
) -> None:
    """One day after the other until told to stop; what was begun is brought to its end."""
    with suppress(Empty):
        while not over.is_set():
            phone = waiting.get_nowait()
            come_back(company, phone, cut=(OSError, HTTPException))
            sent.append(phone)


def counted(kills: int, sent: list[Phone]) -> dict[str, int]:
    """What stands in the database against what the phones hold for done."""
    from yinuo.domains.devices.models import Operation, PhotoUpload
    from yinuo.domains.fieldwork.models import WorkOrder
    from yinuo.domains.obligations.models import FactRow

    sheets = [sheet for phone in sent for sheet, _ in phone.sheets]
    applied = Operation.objects.filter(state="applied").count()
    wanted = len(sheets) * (NOTES + 5)
    requests = WorkOrder.objects.filter(public_id__in=sheets, signed_at__isnull=False)
    visits = requests.values_list("request__public_id", flat=True)
    arrivals = FactRow.objects.filter(subject_id__in=list(visits), kind="arrived").count()
    photos = PhotoUpload.objects.filter(file_id__isnull=False).count()
    return {
        "kills": kills,
        "days_of_work": len(sent),
        "operations": wanted,
        "lost": max(wanted - applied, 0) + len(sheets) - requests.count(),
        "doubled": max(applied - wanted, 0) + max(arrivals - len(sheets), 0),
        "photos": photos,
        "photos_lost": len(sent) * PHOTOS - photos,
    }


if __name__ == "__main__":
    sys.exit(main())
