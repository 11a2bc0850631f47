"""Attachments: what is taken, under which name, and how it comes back."""

from __future__ import annotations

import os
import time
import zipfile
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest
from django.core.exceptions import RequestDataTooBig
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import RequestFactory
from PIL import Image

from yinuo.domains.network.types import SYSTEM, Actor
from yinuo.platform.errors import InvalidInput, NotFound
from yinuo.platform.files.models import StoredFile
from yinuo.platform.files.names import safe_name
from yinuo.platform.files.selectors import list_files, open_file, open_picture
from yinuo.platform.files.services import store_file, sweep_orphans
from yinuo.platform.files.serving import file_response, picture_response
from yinuo.platform.files.types import FileView, Limits, Owner
from yinuo.platform.identifiers import new_public_id

NOW = datetime(2026, 2, 16, 1, 0, tzinfo=UTC)
LIMITS = Limits(file_bytes=1_000_000, daily_bytes=1_500_000)
MINE = Owner("requests.request", UUID("018f0000-0000-7000-8000-000000000001"))
OTHERS = Owner("requests.request", UUID("018f0000-0000-7000-8000-000000000002"))
PDF = b"%PDF-1.7\n%%EOF\n"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "files"


def picture(form: str = "PNG", size: tuple[int, int] = (40, 30), **more: object) -> bytes:
    made = BytesIO()
    Image.new("RGB", size, "red").save(made, form, **more)
    return made.getvalue()


def office(*names: str) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return made.getvalue()


def keep(name: str, content: bytes, *, owner: Owner = MINE, actor: Actor = SYSTEM) -> FileView:
    return store_file(
        owner=owner,
        purpose="attachment",
        upload=SimpleUploadedFile(name, content),
        limits=LIMITS,
        actor=actor,
        now=NOW,
    )


def person(user_id: int) -> Actor:
    return Actor(user_id=user_id, person_id=1, person_public_id=None, name="李静", unit_id=1)


@pytest.mark.req("R25")
@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/报告.pdf", "报告.pdf"),
        ("C:\\temp\\报告.PDF", "报告.pdf"),
        ("报\u200b告\u202egpj.exe.pdf", "报告gpj.exe.pdf"),
        ("a\x00b\r\nc.pdf", "abc.pdf"),
        ('<a>:"x".pdf', "_a___x_.pdf"),
        (".pdf", "pdf"),
        ("\u200b", "file"),
        ("", "file"),
        ("长" * 300 + ".pdf", "长" * 116 + ".pdf"),
    ],
)
def test_a_name_is_a_name_and_nothing_else(given: str, kept: str) -> None:
    assert safe_name(given) == kept


@pytest.mark.req("R25")
@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("报告.pdf", PDF, "application/pdf"),
        ("面板.png", picture(), "image/png"),
        ("面板.JPG", picture("JPEG"), "image/jpeg"),
        ("日志.log", "2026-02-14 告警".encode("gb18030"), "text/plain"),
        ("清单.csv", "\ufeff序号,名称".encode(), "text/csv"),
        ("清单.xlsx", office("[Content_Types].xml", "xl/workbook.xml"), None),
        ("资料.zip", office("a.txt"), "application/zip"),
    ],
)
def test_a_known_kind_is_kept_with_its_hash(name: str, content: bytes, media_type: str) -> None:
    view = keep(name, content)
    opened = open_file(MINE, view.public_id)
    with opened.content as kept:
        assert kept.read() == content
    assert media_type in (view.media_type, None)
    assert view.size_bytes == len(content)


@pytest.mark.req("R25")
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("图.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'),
        ("图.png", b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
        ("页.html", b"<html></html>"),
        ("页.txt", b"\xef\xbb\xbf  <!DOCTYPE html><script>alert(1)</script>"),
        ("页.h\u200btml", b"<html></html>"),
        ("脚本.js", b"alert(1)"),
        ("程序.exe", b"MZ\x90\x00"),
        ("程序.pdf", b"MZ\x90\x00"),
        ("数据.txt", b"a\x00b"),
        ("没有扩展名", PDF),
        ("报告.pdf.", b"MZ"),
        ("坏图.png", picture()[:60]),
        ("宏.docx", office("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")),
        ("假.docx", office("word/document.xml")),
        ("假.zip", b"PK\x03\x04 not an archive"),
        ("空.pdf", b""),
        ("大.pdf", PDF + b"0" * 1_000_000),
    ],
)
def test_anything_else_is_refused_and_leaves_nothing(
    name: str, content: bytes, folder: Path
) -> None:
    with pytest.raises(InvalidInput) as refused:
        keep(name, content)
    assert set(refused.value.fields) == {"file"}
    assert list_files(MINE) == []
    assert not folder.exists()


@pytest.mark.req("R25")
def test_a_picture_that_unfolds_to_gigabytes_is_refused_quickly() -> None:
    bomb = BytesIO()
    Image.new("1", (30_000, 30_000)).save(bomb, "PNG")
    began = time.monotonic()
    with pytest.raises(InvalidInput):
        keep("图.png", bomb.getvalue())
    assert time.monotonic() - began < 2


@pytest.mark.req("R25")
def test_a_day_has_its_allowance_for_each_account() -> None:
    keep("一.pdf", PDF + b"1" * 900_000, actor=person(1))
    with pytest.raises(InvalidInput):
        keep("二.pdf", PDF + b"2" * 900_000, actor=person(1))
    keep("二.pdf", PDF + b"2" * 900_000, actor=person(2))
    StoredFile.objects.update(stored_at=NOW - timedelta(hours=24))
    keep("三.pdf", PDF + b"3" * 900_000, actor=person(1))


@pytest.mark.req("R56")
def test_the_same_file_is_kept_once_for_its_owner() -> None:
    first, again = keep("一.pdf", PDF), keep("一份.pdf", PDF)
    assert again.public_id == first.public_id
    assert keep("一.pdf", PDF, owner=OTHERS).public_id != first.public_id
    assert [one.public_id for one in list_files(MINE)] == [first.public_id]


@pytest.mark.req("R10")
def test_a_file_comes_back_as_an_attachment_that_can_do_nothing() -> None:
    view = keep('报"告.pdf', PDF)
    response = file_response(open_file(MINE, view.public_id))
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert "no-store" in response["Cache-Control"]
    response.close()


@pytest.mark.req("R10")
def test_only_the_picture_made_anew_is_shown() -> None:
    exif = Image.Exif()
    exif[0x010E] = "客户机房内景"
    sent = picture("JPEG", (3000, 1000), exif=exif) + b"<script>alert(1)</script>"
    view = keep("面板.jpg", sent)
    response = picture_response(open_picture(MINE, view.public_id))
    shown = b"".join(response.streaming_content)
    assert response["Content-Type"] == "image/jpeg"
    assert b"script" not in shown
    with Image.open(BytesIO(shown)) as remade:
        assert remade.size == (1600, 533)
        assert not remade.getexif()
    with pytest.raises(NotFound):
        open_picture(MINE, keep("报告.pdf", PDF).public_id)


@pytest.mark.req("R02", "R10")
def test_a_file_is_found_through_its_owner_only() -> None:
    view = keep("报告.pdf", PDF)
    for owner, file_id in [(OTHERS, view.public_id), (MINE, new_public_id()), (MINE, "x")]:
        with pytest.raises(NotFound):
            open_file(owner, file_id)


@pytest.mark.req("R25")
def test_bytes_lie_under_random_names_that_only_the_product_may_read(folder: Path) -> None:
    row = StoredFile.objects.get(public_id=keep("报告.pdf", PDF).public_id)
    kept = folder / row.place
    assert len(Path(row.place).name) == 32
    assert "报告" not in row.place
    assert kept.stat().st_mode & 0o777 == 0o600
    assert all(one.stat().st_mode & 0o777 == 0o700 for one in (folder, kept.parent))


@pytest.mark.req("R49")
def test_bytes_of_a_step_that_was_rolled_back_are_swept_after_a_day(folder: Path) -> None:
    kept = keep("报告.pdf", PDF)
    with transaction.atomic():
        keep("图.png", picture())
        transaction.set_rollback(True)
    assert sweep_orphans(datetime.now(UTC)) == 0
    old = time.time() - 90_000
    for file in folder.rglob("*"):
        os.utime(file, (old, old))
    assert sweep_orphans(datetime.now(UTC)) == 2
    open_file(MINE, kept.public_id).content.close()


@pytest.mark.req("R49")
def test_nothing_half_written_stays_when_the_disk_refuses(folder: Path) -> None:
    class Breaking(SimpleUploadedFile):
        def chunks(self, chunk_size=None):
            yield b"half"
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        default_storage.save("ab/abcd", Breaking("a.pdf", b"x"))
    assert not [one for one in folder.rglob("*") if one.is_file()]


@pytest.mark.req("R52")
def test_a_body_too_large_is_refused_while_it_comes_in(settings) -> None:
    settings.UPLOAD_REQUEST_BYTES = 200_000
    sent = {"file": SimpleUploadedFile("一.pdf", PDF + b"0" * 300_000)}
    request = RequestFactory().post("/", sent)
    with pytest.raises(RequestDataTooBig):
        _ = request.FILES
    lying = RequestFactory().post("/", {"file": SimpleUploadedFile("一.pdf", PDF + b"0" * 300_000)})
    lying.META["CONTENT_LENGTH"] = "0"
    assert "file" not in lying.FILES
