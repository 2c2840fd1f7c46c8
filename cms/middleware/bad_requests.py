"""Errors that only a malformed request can cause, answered as such: 400, and not 500.

Wagtail's views trust the forms that its own pages send. What arrives without a field, with a word
where a number belongs or with a body that is no JSON ends in an exception there, which the operator
would read as a defect of the site. Nothing but what the exception itself says counts here: it has
to complain of a value that came with the request. A defect of ours stays a 500. An empty value
proves nothing: most forms send one, and most defects are about one.
"""

import json
import logging
import re
from contextlib import suppress
from traceback import walk_tb

from django.core.exceptions import BadRequest, ValidationError
from django.core.paginator import InvalidPage
from django.db import DataError
from django.forms import BaseForm, Field
from django.http import Http404, QueryDict, RawPostDataException, UnreadablePostError
from django.urls import NoReverseMatch
from django.utils.datastructures import MultiValueDictKeyError
from django.views.defaults import bad_request, page_not_found
from wagtail.admin.views.generic.chooser import CreateViewMixin

from cms.middleware.headers import is_admin

logger = logging.getLogger(__name__)

# What databases and calendars have no room for: large numbers, the first and last year, NUL.
EXTREME = re.compile(r"\d{10}|\b0001\b|\b9999\b|\0")

# How Python and PostgreSQL complain of them. A text too long for a column is a defect of ours.
TOO_EXTREME = ("out of range", "too large", "too big", "greater than maximum", "contain NUL")

# Where Django quotes what an address was to be made of, apart from the names of views.
REVERSE_ARGUMENTS = re.compile(r" with (?:keyword )?arguments '(.*)' not found", re.DOTALL)


class BadRequestMiddleware:
    """Answers 400 where a view of the admin fails for what the request brought, 404 for a page.

    It stands behind `CsrfViewMiddleware`: no form is read that is refused there.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Refuse a `next` that is no address: Wagtail would fail on it after it has saved."""
        if is_admin(request):
            for query in (request.GET, form_of(request)):
                if any(is_name_of_view(value) for value in query.getlist("next")):
                    return bad_request(request, BadRequest("next is no address"))
        return None

    def process_exception(self, request, exception):
        """Return the answer to an exception that the request caused, `None` to any other."""
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


def is_name_of_view(address):
    """Say whether Django takes the address of a redirect for the name of a view."""
    return bool(address) and "/" not in address and "." not in address


def is_fault_of(request, exception):
    """Say whether the exception complains of what came with the request."""
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
            return bool(arguments) and complains_of_a_value(request, arguments[1])
        case ValueError():
            return complains_of_a_value(request, str(exception))
        case KeyError():
            return is_missing_in_a_form_of_wagtail(exception)
        case AttributeError() if exception.obj is None:
            return is_json_but_no_object(request) or is_form_that_was_not_sent(exception)
        case TypeError() | AttributeError():
            return is_json_but_no_object(request)
    return False


def complains_of_a_value(request, message):
    """Say whether the message of an exception quotes a value that was sent, or its digits."""
    if message.startswith("Exceeds the limit"):
        return bool(EXTREME.search(f"{sent_values(request)} {body_of(request)}"))
    return any(repr(value) in message for value in sent_values(request))


def is_missing_in_a_form_of_wagtail(exception):
    """Say whether a form took for granted that one of its fields is valid, which it is not."""
    form = method_owners(exception)[-1]
    return (
        isinstance(form, BaseForm)
        and type(form).__module__.startswith("wagtail.")
        and form.is_bound
        and form.has_error(exception.args[0])
    )


def is_form_that_was_not_sent(exception):
    """Say whether a field reads its absent value, or a chooser the form that it does not offer."""
    *callers, last = method_owners(exception)
    is_chooser = isinstance(last, CreateViewMixin) and last.form is None
    fields = [caller for caller in callers if isinstance(caller, Field)]
    return is_chooser or any(type(field).__module__.startswith("wagtail.") for field in fields)


def method_owners(exception):
    """Return the objects whose methods the exception passed through, `None` for functions."""
    frames = [frame for frame, _line in walk_tb(exception.__traceback__)]
    return [frame.f_locals.get("self") for frame in frames] or [None]


def is_body(request, text):
    """Say whether `text` is the body, which is empty only where JSON was announced."""
    return text == body_of(request) and bool(text or request.content_type == "application/json")


def is_json_but_no_object(request):
    """Say whether the body is JSON of another shape than Wagtail's scripts send."""
    if request.content_type != "application/json":
        return False
    with suppress(ValueError, RecursionError):
        return not isinstance(json.loads(body_of(request)), dict)
    return True


def sent_values(request):
    """Return the values that came with the request, each as text: of address, query and body.

    Empty ones are left out.
    """
    queries = request.GET, form_of(request)
    values = {str(value) for query in queries for _, value in pairs(query)}
    if request.resolver_match:
        values |= {str(value) for value in request.resolver_match.kwargs.values()}
    with suppress(ValueError, RecursionError):
        values |= set(json_values(json.loads(body_of(request))))
    return values - {""}


def form_of(request):
    """Return the form that was sent; an empty one where it did not arrive whole."""
    try:
        return request.POST
    except UnreadablePostError:
        return QueryDict()


def pairs(query):
    """Yield name and value of each parameter, of repeated ones too."""
    for name, values in query.lists():
        for value in values:
            yield name, value


def json_values(content):
    """Yield the plain values of a JSON document, as text."""
    if isinstance(content, dict):
        content = [*content, *content.values()]
    if isinstance(content, list):
        for part in content:
            yield from json_values(part)
    else:
        yield str(content)


def raw_body_of(request):
    """Return the body of the request; none where it was read as a form with files, or broke off."""
    try:
        return request.body
    except (RawPostDataException, UnreadablePostError):
        return b""


def body_of(request):
    """Return the body as text."""
    return raw_body_of(request).decode(errors="replace")
