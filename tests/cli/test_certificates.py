"""The authority of `yinuo up --https`: trusted for private networks, kept, and nobody else's to read."""

from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509

from yinuo.surfaces.cli.certificates import certificates

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
NAMES = ["localhost", "127.0.0.1", "192.168.1.20"]


def names_of(file: Path) -> set[str]:
    found = x509.load_pem_x509_certificate(file.read_bytes())
    kept = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return {str(one.value) for one in kept}


@pytest.mark.req("B-40")
def test_the_authority_stays_while_the_servers_certificate_follows_names_and_time(
    tmp_path: Path,
) -> None:
    made = certificates(tmp_path / "tls", NAMES, NOW)
    authority, first = made.authority.read_bytes(), made.certificate.read_bytes()
    assert names_of(made.certificate) == set(NAMES)
    certificates(tmp_path / "tls", NAMES, NOW + timedelta(days=300))
    assert made.certificate.read_bytes() == first
    certificates(tmp_path / "tls", [*NAMES, "10.0.0.7"], NOW + timedelta(days=300))
    assert "10.0.0.7" in names_of(made.certificate)
    second = made.certificate.read_bytes()
    certificates(tmp_path / "tls", [*NAMES, "10.0.0.7"], NOW + timedelta(days=690))
    assert made.certificate.read_bytes() != second
    assert made.authority.read_bytes() == authority


@pytest.mark.req("R18")
def test_only_the_owner_reads_the_keys(tmp_path: Path) -> None:
    made = certificates(tmp_path / "tls", NAMES, NOW)
    assert (tmp_path / "tls").stat().st_mode & 0o077 == 0
    for key in (made.key, tmp_path / "tls" / "ca.key"):
        assert key.stat().st_mode & 0o077 == 0


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_a_phone_trusts_it_in_private_networks_and_nowhere_else(tmp_path: Path) -> None:
    def verified(name: str) -> bool:
        folder = tmp_path / name
        made = certificates(folder, [name], datetime.now(UTC))
        command = ["openssl", "verify", "-CAfile", str(made.authority), str(made.certificate)]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0

    assert verified("192.168.1.20")
    assert verified("localhost")
    assert not verified("8.8.8.8")
    assert not verified("example.com")
