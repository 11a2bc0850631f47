"""One's own API tokens: list, make (the secret is shown once), end."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.services import issue_token, withdraw_token
from yinuo.domains.network.types import Actor
from yinuo.platform.accounts.services import list_tokens
from yinuo.platform.errors import IdempotencyMismatch, InvalidInput
from yinuo.surfaces.assets.problems import take_problems
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.editing import UNPROCESSABLE, posted, save_once
from yinuo.surfaces.console.rights import RIGHTS
from yinuo.surfaces.console.views.admin.forms import TokenForm
from yinuo.surfaces.console.words import word


@never_cache
@require_http_methods(["GET", "POST"])
@page
def tokens(request: HttpRequest) -> HttpResponse:
    """The list with the form; after making one, its secret, this once."""
    actor = actor_of(request)
    form = TokenForm(posted(request), scopes=_scopes(actor))
    if not form.is_bound:
        return _screen(request, actor, form)
    made: dict[str, str] = {}

    def save() -> UUID:
        typed, now = form.values(), timezone.now()
        token, secret = issue_token(actor=actor, **typed, now=now)
        made[str(token.public_id)] = secret
        return token.public_id

    token_id = ""
    if form.is_valid():
        try:
            token_id = save_once(form, "console.tokens.new", save, actor)
        except InvalidInput as error:
            take_problems(form, error)
        except IdempotencyMismatch:
            form.add_error(None, _("This form was already saved once. Send it again if meant."))
    if form.errors:
        form.renew()
        return _screen(request, actor, form, UNPROCESSABLE)
    # Of two sendings at once only one counts, and only its secret works.
    if token_id not in made:
        messages.warning(
            request, _("This token was made already; its secret is not shown a second time.")
        )
        return redirect("console:tokens")
    return _screen(request, actor, TokenForm(scopes=_scopes(actor)), secret=made[token_id])


@require_POST
@page
def end(request: HttpRequest, token_id: UUID) -> HttpResponse:
    """End one of one's own tokens at once."""
    withdraw_token(actor=actor_of(request), token_id=token_id, now=timezone.now())
    messages.success(request, _("The token has ended."))
    return redirect("console:tokens")


def _scopes(actor: Actor) -> list[tuple[str, str]]:
    """What a token of this person may be good for: his own rights."""
    return [(one.value, str(word(RIGHTS, one))) for one in Permission if actor.may(one)]


def _screen(
    request: HttpRequest, actor: Actor, form: TokenForm, status: int = 200, **more: Any
) -> HttpResponse:
    assert actor.user_id is not None
    rows = list(list_tokens(user_id=actor.user_id, now=timezone.now()))
    context = {"form": form, "tokens": rows, **more}
    return render(request, "console/admin/tokens.html", context, status=status)
