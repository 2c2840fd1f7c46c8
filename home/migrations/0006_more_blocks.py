"""New body blocks: galleries, callouts, tables, documents, videos and related pages.

Migrations no longer list blocks. This one is empty; it stays because databases have recorded it.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0005_review_workflow"),
    ]

    operations = []
