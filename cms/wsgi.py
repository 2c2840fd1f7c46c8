"""`gunicorn cms.wsgi:application`: pages, static files and media."""

import os

from django.core.wsgi import get_wsgi_application

from cms.database import bound_waiting

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings.production")
application = get_wsgi_application()
bound_waiting()
