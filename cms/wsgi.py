"""`gunicorn cms.wsgi:application`: pages, static files and media."""

import os

from django.core.wsgi import get_wsgi_application

from cms.charset import only_utf_8
from cms.database import bound_waiting

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings.production")
application = only_utf_8(get_wsgi_application())
bound_waiting()
