"""Middleware that takes the language of a page from its address."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation


class LanguageFromPathMiddleware:
    """Activates the language that the path names, or the default language if it names none.

    Django's own middleware also reads cookies and browser settings. Every Vietnamese page would
    then vary on them, and no shared cache could store it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        language = language_of(request.path_info)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


def language_of(path: str) -> str:
    """Return the language whose code is the first part of the path, or the default language.

    Django's own function also reads `/en-vang/` as English.
    """
    first = path.split("/")[1] if path.startswith("/") else ""
    codes = {code for code, _name in settings.LANGUAGES} - {settings.LANGUAGE_CODE}
    return first if first in codes else settings.LANGUAGE_CODE
