"""The parts of the app that are the same for everybody."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from yinuo.surfaces.field import files

# Where `yinuo up --https` keeps the certificate that phones install.
AUTHORITY = settings.VAR_FOLDER / "tls" / "ca.crt"


@require_safe
def shell(request: HttpRequest) -> HttpResponse:
    """The page; it begins without network from the second time on."""
    return HttpResponse(files.shell_text())


@require_safe
def words(request: HttpRequest, language: str) -> HttpResponse:
    """The texts of `zh` or `en`."""
    if language not in files.LANGUAGES:
        raise Http404
    return HttpResponse(files.words_text(language), content_type="application/json")


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """The web app manifest."""
    return HttpResponse(files.manifest_text(), content_type="application/manifest+json")


@require_safe
def icon(request: HttpRequest) -> HttpResponse:
    """The sign of the app."""
    return HttpResponse(files.icon_text(), content_type="image/svg+xml")


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """The script that keeps the app on the device."""
    return HttpResponse(files.worker_text(), content_type="text/javascript; charset=utf-8")


@require_safe
def authority(request: HttpRequest) -> HttpResponse:
    """The certificate of this installation's own authority, for phones; 404 where there is none."""
    try:
        content = AUTHORITY.read_bytes()
    except OSError:
        raise Http404 from None
    return HttpResponse(content, content_type="application/x-x509-ca-cert")
