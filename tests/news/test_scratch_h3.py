from tests.news.archive import multiply
from tests.factories import *
import time, pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction
def test_x(client, section, home):
    multiply(ArticleFactory(parent=section, title="Tin"), 19999)
    for restricted in (False, True):
        if restricted:
            p=PlainPageFactory(parent=home); PageViewRestriction.objects.create(page=p, restriction_type="login")
        for url in ("/", section.url, section.url+"?page=40", "/tin-tuc/tin/"):
            client.get(url)
            with CaptureQueriesContext(connection) as q:
                t=time.time(); client.get(url)
            print(connection.vendor, restricted, url, round(time.time()-t,3), [(x["time"], x["sql"][x["sql"].find("FROM"):][:60]) for x in q if float(x["time"])>.01])
