"""`gunicorn cms.wsgi:application`: pages, static files and media."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from cms.middleware.charset import only_utf_8
from cms.operations.database import bound_waiting

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings.production")
application = get_wsgi_application()

from cms.visitors.middleware import before_django  # noqa: E402 - needs Django to be set up

# The store in the database is left to Django, which looks after the connections of a request.
if settings.REDIS_URL:
    application = before_django(application)
application = only_utf_8(application)
bound_waiting()
