"""Every refusal as JSON: stable code, message in the reader's language, nothing internal (R30)."""

from __future__ import annotations

from logging import getLogger
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.db import IntegrityError, OperationalError
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.utils.translation import gettext_lazy as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from psycopg.errors import UniqueViolation

from yinuo.platform.errors import InvalidInput, NotFound, SignInNeeded, YinuoError
from yinuo.surfaces.api.answers import answer
from yinuo.surfaces.api.messages import fields_of

_log = getLogger("yinuo.api")


class MalformedBody(YinuoError):
    """The body is not JSON, not UTF-8, or not an object."""

    code = "malformed_body"
    status = 400
    message = _("Send one JSON object, in UTF-8.")


class BodyTooLarge(YinuoError):
    """More bytes than one call may carry."""

    code = "body_too_large"
    status = 413
    message = _("This is too large. Send at most 2.5 MB.")


class UnsupportedMediaType(YinuoError):
    """Another content type than JSON."""

    code = "unsupported_media_type"
    status = 415
    message = _("Send JSON, with Content-Type: application/json.")


class MethodNotAllowed(YinuoError):
    """The address exists, the method does not."""

    code = "method_not_allowed"
    status = 405
    message = _("This address does not take this method.")


class AlreadyThere(YinuoError):
    """A unique value was stored by somebody else at the same moment."""

    code = "already_there"
    status = 409
    message = _("Somebody else has just stored this. Read it and decide.")


class Unavailable(YinuoError):
    """The database is away or overloaded: the same call may work later."""

    code = "unavailable"
    status = 503
    message = _("The service cannot answer now. Try again in a moment, with the same key.")


class InternalError(YinuoError):
    """Our fault; the log has it under the answer's request id."""

    code = "internal_error"
    status = 500
    message = _("Something went wrong on our side. Tell us the request id of this answer.")


def refused(error: YinuoError) -> HttpResponse:
    """The JSON answer to an expected error."""
    body: dict[str, Any] = {"code": error.code, "message": str(error.message)}
    if isinstance(error, InvalidInput):
        body["fields"] = {name: str(text) for name, text in error.fields.items()}
    if error.details:
        body["details"] = error.details
    response = answer(error.status, {"error": body})
    if isinstance(error, SignInNeeded):
        response["WWW-Authenticate"] = "Bearer"
    if isinstance(error, Unavailable):
        response["Retry-After"] = "2"
    return response


def absent(request: HttpRequest) -> HttpResponse:
    """The answer at addresses that do not exist."""
    return refused(NotFound())


def _translated(error: Exception) -> YinuoError:
    """Any exception as one of ours; what nobody expected is logged and says nothing."""
    match error:
        case YinuoError():
            return error
        case ValidationError():
            return InvalidInput(fields_of(error.errors))
        case AuthenticationError():
            return SignInNeeded()
        case HttpError(__cause__=YinuoError() as cause):
            return cause
        case HttpError() | UnreadablePostError():
            return MalformedBody()
        case RequestDataTooBig():
            return BodyTooLarge()
        case IntegrityError(__cause__=UniqueViolation()):
            return AlreadyThere()
        case OperationalError():
            _log.error("database away", exc_info=error)
            return Unavailable()
    _log.error("unexpected", exc_info=error)
    return InternalError()


def install(api: NinjaAPI) -> None:
    """Make `api` answer every exception in this form."""
    for kind in (Exception, HttpError, ValidationError, AuthenticationError):
        api.add_exception_handler(kind, _answered)


def _answered(request: HttpRequest, error: Any) -> HttpResponse:
    return refused(_translated(error))
