"""A certificate authority of this folder, for phones in the same network (`yinuo up --https`).

Browsers run the field app only over HTTPS. The authority may sign for private networks and this
machine's name only, so that whoever installs it on his phone trusts it for nothing else. Its key
never leaves the folder.
"""

from __future__ import annotations

import contextlib
import os
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address, ip_network
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

AUTHORITY_DAYS = 3650
# Phones refuse longer ones.
SERVER_DAYS = 397
RENEW_BEFORE = timedelta(days=30)
PRIVATE = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "169.254.0.0/16")
PRIVATE_6 = ("fc00::/7", "fe80::/10", "::1/128")
# Clocks of phones differ.
EARLIER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Certificates:
    """Files in PEM: the authority's certificate, which phones install, and the server's two."""

    authority: Path
    certificate: Path
    key: Path


def certificates(folder: Path, names: Iterable[str], now: datetime) -> Certificates:
    """The certificates of a folder for these names and addresses; made or renewed where needed.

    An authority that is there stays, so that phones go on trusting it.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = Certificates(folder / "ca.crt", folder / "server.crt", folder / "server.key")
    authority_key = folder / "ca.key"
    if not (made.authority.exists() and authority_key.exists()):
        _make_authority(made.authority, authority_key, now)
    wanted = sorted(set(names))
    if not _serves(made, wanted, now):
        _make_server(made, authority_key, wanted, now)
    return made


def own_names() -> list[str]:
    """What phones and this machine may call it: its private addresses, its name, localhost."""
    name = socket.gethostname().lower()
    found = ["localhost", "127.0.0.1"]
    if name.isascii() and name.replace("-", "").replace(".", "").isalnum():
        found += [name, f"{name.partition('.')[0]}.local"]
    return found + [one for one in lan_addresses() if one not in found]


def lan_addresses() -> list[str]:
    """The private IPv4 addresses of this machine, that of the way out first; nothing is sent."""
    found: list[str] = []
    way_out = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    with contextlib.suppress(OSError), way_out:
        way_out.connect(("192.0.2.1", 9))
        found.append(way_out.getsockname()[0])
    with contextlib.suppress(OSError):
        found += socket.gethostbyname_ex(socket.gethostname())[2]
    return [one for one in dict.fromkeys(found) if _is_private(one)]


def _is_private(address: str) -> bool:
    """In a network the authority may sign for, and not this machine alone."""
    found = ip_address(address)
    return not found.is_loopback and any(found in ip_network(one) for one in PRIVATE)


def _serves(made: Certificates, names: list[str], now: datetime) -> bool:
    if not (made.certificate.exists() and made.key.exists()):
        return False
    present = x509.load_pem_x509_certificate(made.certificate.read_bytes())
    authority = x509.load_pem_x509_certificate(made.authority.read_bytes())
    if present.issuer != authority.subject or present.not_valid_after_utc - RENEW_BEFORE < now:
        return False
    kept = present.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return sorted(str(one.value) for one in kept) == names


def _make_authority(certificate: Path, key_file: Path, now: datetime) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    host = socket.gethostname()[:32] or "local"
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Yinuo local CA ({host})")])
    names = [x509.DNSName(one) for one in ("localhost", "local", host.lower()) if one.isascii()]
    networks = [x509.IPAddress(ip_network(one)) for one in (*PRIVATE, *PRIVATE_6)]
    built = (
        _builder(subject, subject, key.public_key(), now, AUTHORITY_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(x509.NameConstraints([*names, *networks], None), critical=True)
    )
    _write(key_file, _pem(key))
    _write(certificate, built.sign(key, hashes.SHA256()).public_bytes(_PEM), mode=0o644)


def _make_server(made: Certificates, authority_key: Path, names: list[str], now: datetime) -> None:
    authority = x509.load_pem_x509_certificate(made.authority.read_bytes())
    signer = serialization.load_pem_private_key(authority_key.read_bytes(), password=None)
    assert isinstance(signer, ec.EllipticCurvePrivateKey)
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Yinuo")])
    built = (
        _builder(subject, authority.subject, key.public_key(), now, SERVER_DAYS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName([_named(one) for one in names]), critical=False)
    )
    _write(made.key, _pem(key))
    _write(made.certificate, built.sign(signer, hashes.SHA256()).public_bytes(_PEM), mode=0o644)


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePublicKey,
    now: datetime,
    days: int,
) -> x509.CertificateBuilder:
    begins = now.astimezone(UTC) - EARLIER
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + timedelta(days=days))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _named(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name)


_PEM = serialization.Encoding.PEM


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(_PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())


def _write(file: Path, content: bytes, mode: int = 0o600) -> None:
    """Whole or not at all: a half-written key would refuse every later start."""
    beside = file.with_suffix(f"{file.suffix}.new")
    beside.unlink(missing_ok=True)
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    beside.replace(file)
