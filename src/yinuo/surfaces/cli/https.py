"""`yinuo up --https`: real phones reach the field app in the same network, with a CA of its own."""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from qrcode.main import QRCode

from yinuo.surfaces.cli.certificates import Certificates, certificates, lan_addresses, own_names

FOLDER = "tls"
EVERYWHERE = "0.0.0.0"  # noqa: S104 - phones come from outside this machine
HOSTS = "YINUO_HOSTS"
# Where phones fetch the authority; also served by the field surface.
AUTHORITY_PATH = "field/ca.crt"


def secured(var: Path) -> Certificates:
    """The certificates of this folder for all names of this machine; Django answers to them too."""
    names = own_names()
    answered = os.environ.get(HOSTS, "")
    wanted = [*filter(None, answered.split(",")), *names, "[::1]"]
    os.environ[HOSTS] = ",".join(dict.fromkeys(one.strip() for one in wanted))
    return certificates(var / FOLDER, names, datetime.now(UTC))


def how_to_trust(made: Certificates, port: int) -> str:
    """What the person at the console does so that a phone may come in."""
    addresses = [f"https://{one}:{port}/" for one in lan_addresses()]
    if not addresses:
        return (
            f"This machine has no private network address. Its authority: {made.authority}\n"
            "Phones need one: connect to the network of the phones, then start again."
        )
    first = addresses[0]
    return (
        f"On the phone, once: open {first}{AUTHORITY_PATH}, go past the warning, install the file\n"
        "  Android: Settings > Security > Install a certificate > CA certificate\n"
        "  iPhone: Settings > Profile downloaded, then General > About > Certificate trust\n"
        f"  (or bring {made.authority} to it; it is trusted for private networks only)\n"
        f"Then open {first}field/ and add it to the home screen. Addresses: {_listed(addresses)}\n"
        f"{_picture(f'{first}field/')}"
    )


def _listed(addresses: Sequence[str]) -> str:
    return ", ".join(addresses)


def _picture(address: str) -> str:
    """The address as a QR code for the phone's camera."""
    code = QRCode(border=2)
    code.add_data(address)
    drawn = io.StringIO()
    code.print_ascii(out=drawn, invert=True)
    return drawn.getvalue().rstrip("\n")
