"""The WSGI application for pages, static files and media: `gunicorn cms.wsgi:application`."""

import os
from wsgiref.types import WSGIApplication

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from cms.middleware.charset import refuse_other_charsets
from cms.operations.database import limit_database_waits

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings.production")
application: WSGIApplication = get_wsgi_application()

from cms.visitors.middleware import before_django  # noqa: E402 - needs Django to be set up

# With the store in the database, Django answers beats too, because it manages the database
# connections of a request.
if settings.REDIS_URL:
    application = before_django(application)
application = refuse_other_charsets(application)
limit_database_waits()
