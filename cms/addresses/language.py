"""The language of a page is that of its address."""

from django.conf import settings
from django.utils import translation


class LanguageFromPathMiddleware:
    """Activates the language that the path names, the default one where it names none.

    Django's own middleware also looks at cookies and browser settings and makes every Vietnamese
    page vary on them, which no shared cache could hold.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        language = language_of(request.path_info)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


def language_of(path):
    """Return the language whose code is the first part of the path, else the default one.

    Django's own function also takes `/en-vang/` for English.
    """
    first = path.split("/")[1] if path.startswith("/") else ""
    codes = {code for code, _name in settings.LANGUAGES} - {settings.LANGUAGE_CODE}
    return first if first in codes else settings.LANGUAGE_CODE
