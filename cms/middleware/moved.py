"""From the former address of what stands below a page that was renamed or moved."""

from django.http import HttpResponsePermanentRedirect

from cms.redirects import moved_address


class MovedMiddleware:
    """Follows the one redirect of a renamed section for everything below it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code == 404 and (address := moved_address(request)):
            return HttpResponsePermanentRedirect(address)
        return response
