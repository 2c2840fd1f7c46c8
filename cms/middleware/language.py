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
        language = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response
