"""Which address belongs to which surface."""

from __future__ import annotations

from django.conf import settings
from django.contrib.staticfiles.urls import staticfiles_urlpatterns
from django.urls import include, path

from yinuo.platform.web.health import healthz, readyz
from yinuo.surfaces.api.urls import api
from yinuo.surfaces.console.views.setup import set_up

handler400 = "yinuo.surfaces.console.errors.bad_request"
handler403 = "yinuo.surfaces.console.errors.permission_denied"
handler404 = "yinuo.surfaces.console.errors.page_not_found"
handler500 = "yinuo.surfaces.console.errors.server_error"

urlpatterns = [
    path("healthz", healthz),
    path("readyz", readyz),
    path("api/v1/", api.urls),
    path("accounts/", include("yinuo.platform.accounts.urls")),
    path(settings.SETUP_URL.lstrip("/"), set_up, name="setup"),
    path(settings.VISITOR_HOME.lstrip("/"), include("yinuo.surfaces.portal.urls")),
    path(settings.LINKS_URL.lstrip("/"), include("yinuo.surfaces.public.urls")),
    path("field/", include("yinuo.surfaces.field.urls")),
    path("", include("yinuo.surfaces.console.urls")),
]
if settings.DEBUG:
    urlpatterns += staticfiles_urlpatterns()
