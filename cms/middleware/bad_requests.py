"""Middleware that answers 400, not 500, to errors that only a malformed request can cause.

Wagtail's views trust the forms that its own pages send. A field may be missing, a number may be a
word, or the body may not be JSON. Wagtail's view then raises an exception, which the operator would
mistake for a bug of the site. This middleware answers 400 only if the exception itself names a
value that came with the request. A bug of ours still answers 500. An empty value is not counted:
most forms send an empty value, and most bugs are about one.
"""

import json
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from traceback import walk_tb
from typing import Any

from django.core.exceptions import BadRequest, ValidationError
from django.core.paginator import InvalidPage
from django.db import DataError
from django.forms import BaseForm, Field
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    QueryDict,
    RawPostDataException,
    UnreadablePostError,
)
from django.urls import NoReverseMatch
from django.utils.datastructures import MultiValueDictKeyError
from django.views.defaults import bad_request, page_not_found
from wagtail.admin.views.generic.chooser import CreateViewMixin

from cms.middleware.headers import is_admin

logger = logging.getLogger(__name__)

# Values that databases and calendars cannot store: large numbers, the first and last year, NUL.
EXTREME = re.compile(r"\d{10}|\b0001\b|\b9999\b|\0")

# Python's and PostgreSQL's error messages for such values. A text that is too long for a column is
# a bug of ours.
TOO_EXTREME = ("out of range", "too large", "too big", "greater than maximum", "contain NUL")

# The part of a `NoReverseMatch` message that quotes the arguments of the address. The names of
# views are not in this part.
REVERSE_ARGUMENTS = re.compile(r" with (?:keyword )?arguments '(.*)' not found", re.DOTALL)


class BadRequestMiddleware:
    """Answers 400 if an admin view fails because of a value in the request.

    Answers 404 for an invalid page number, or if the path has an extreme value (`EXTREME`). This
    middleware comes after `CsrfViewMiddleware`, so that it reads no form that it refuses.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponseBase],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> HttpResponse | None:
        """Refuse a `next` that is not an address, because Wagtail would fail on it after saving."""
        if is_admin(request):
            for query in (request.GET, form_of(request)):
                if any(is_name_of_view(value) for value in query.getlist("next")):
                    return bad_request(request, BadRequest("next is no address"))
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return the response to an exception that the request caused, or `None` for any other."""
        if not is_admin(request) or not is_fault_of(request, exception):
            return None
        logger.warning("Bad request: %s %s: %r", request.method, request.path, exception)
        addressed = request.resolver_match.kwargs.values() if request.resolver_match else ()
        is_address = isinstance(exception, InvalidPage) or any(
            EXTREME.search(str(value)) for value in addressed
        )
        if is_address:
            return page_not_found(request, Http404())
        return bad_request(request, exception)


def is_name_of_view(address: str) -> bool:
    """Return whether Django reads the address of a redirect as the name of a view."""
    return bool(address) and "/" not in address and "." not in address


def is_fault_of(request: HttpRequest, exception: Exception) -> bool:
    """Return whether the exception complains about a value that came with the request."""
    match exception:
        case MultiValueDictKeyError() | InvalidPage() | UnreadablePostError():
            return True
        case json.JSONDecodeError():
            return exception.doc in sent_values(request) or is_body(request, exception.doc)
        case UnicodeDecodeError():
            return bool(exception.object) and exception.object == raw_body_of(request)
        case OverflowError() | DataError():
            is_too_extreme = any(words in str(exception) for words in TOO_EXTREME)
            return is_too_extreme and any(map(EXTREME.search, sent_values(request)))
        case ValidationError():
            params = getattr(exception, "params", None) or {}
            return "value" in params and str(params["value"]) in sent_values(request)
        case NoReverseMatch():
            arguments = REVERSE_ARGUMENTS.search(str(exception))
            return arguments is not None and quotes_sent_value(request, arguments[1])
        case ValueError():
            return quotes_sent_value(request, str(exception))
        case KeyError():
            return is_missing_field_of_wagtail_form(exception)
        case AttributeError() if exception.obj is None:
            return is_json_without_object(request) or is_missing_form(exception)
        case TypeError() | AttributeError():
            return is_json_without_object(request)
    return False


def quotes_sent_value(request: HttpRequest, message: str) -> bool:
    """Return whether the message quotes a sent value, or says that it has too many digits."""
    if message.startswith("Exceeds the limit"):
        return bool(EXTREME.search(f"{sent_values(request)} {body_of(request)}"))
    return any(repr(value) in message for value in sent_values(request))


def is_missing_field_of_wagtail_form(exception: KeyError) -> bool:
    """Return whether a Wagtail form read an invalid field that it assumed to be valid."""
    form = method_owners(exception)[-1]
    return (
        isinstance(form, BaseForm)
        and type(form).__module__.startswith("wagtail.")
        and form.is_bound
        and form.has_error(exception.args[0])
    )


def is_missing_form(exception: AttributeError) -> bool:
    """Return whether a Wagtail field read a missing value, or a chooser read a missing form.

    A chooser that does not offer to create an object has no form.
    """
    *callers, last = method_owners(exception)
    is_chooser = isinstance(last, CreateViewMixin) and last.form is None
    fields = [caller for caller in callers if isinstance(caller, Field)]
    return is_chooser or any(type(field).__module__.startswith("wagtail.") for field in fields)


def method_owners(exception: Exception) -> list[object]:
    """Return the `self` of each call that the exception passed through, `None` for a function."""
    frames = [frame for frame, _line in walk_tb(exception.__traceback__)]
    return [frame.f_locals.get("self") for frame in frames] or [None]


def is_body(request: HttpRequest, text: str) -> bool:
    """Return whether `text` is the body of the request.

    An empty body counts only if the request declares JSON.
    """
    return text == body_of(request) and bool(text or request.content_type == "application/json")


def is_json_without_object(request: HttpRequest) -> bool:
    """Return whether a request declares JSON, but its body is not a JSON object.

    Wagtail's scripts send an object.
    """
    if request.content_type != "application/json":
        return False
    with suppress(ValueError, RecursionError):
        return not isinstance(json.loads(body_of(request)), dict)
    return True


def sent_values(request: HttpRequest) -> set[str]:
    """Return the values of the path, the query string and the body, as text, without empty ones."""
    queries = request.GET, form_of(request)
    values = {str(value) for query in queries for _, value in pairs(query)}
    if request.resolver_match:
        values |= {str(value) for value in request.resolver_match.kwargs.values()}
    with suppress(ValueError, RecursionError):
        values |= set(json_values(json.loads(body_of(request))))
    return values - {""}


def form_of(request: HttpRequest) -> QueryDict:
    """Return the form that was sent, or an empty form if it did not arrive completely."""
    try:
        return request.POST
    except UnreadablePostError:
        return QueryDict()


def pairs(query: QueryDict) -> Iterator[tuple[str, str]]:
    """Yield the name and value of each parameter, including repeated parameters."""
    for name, values in query.lists():
        for value in values:
            yield name, value


def json_values(content: Any) -> Iterator[str]:
    """Yield the keys and plain values of a JSON document, as text."""
    if isinstance(content, dict):
        content = [*content, *content.values()]
    if isinstance(content, list):
        for part in content:
            yield from json_values(part)
    else:
        yield str(content)


def raw_body_of(request: HttpRequest) -> bytes:
    """Return the body of the request as bytes.

    The result is empty if the body was read as a form with files, or if the transfer broke off.
    """
    try:
        return request.body
    except (RawPostDataException, UnreadablePostError):
        return b""


def body_of(request: HttpRequest) -> str:
    """Return the body as text."""
    return raw_body_of(request).decode(errors="replace")
