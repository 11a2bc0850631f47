"""The address of a link just made, to be shown this once."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from yinuo.platform.errors import NotFound
from yinuo.platform.links.services import open_link


def fresh_address(request: HttpRequest, purpose: str, made: Sequence[str]) -> str:
    """The address of the secret that this form made; empty, with a word to the reader, when the
    form was sent before: a repeated sending is rolled back, and its secret with it."""
    # What the form said on leaving is said by the page with the link.
    list(messages.get_messages(request))
    try:
        open_link(purpose, made[-1] if made else "", timezone.now())
    except NotFound:
        messages.warning(request, _("The link was made already and is not shown a second time."))
        return ""
    return request.build_absolute_uri(reverse("public:link", args=[made[-1]]))
