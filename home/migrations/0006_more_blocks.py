"""Galleries, callouts, tables, documents, videos and related pages in the body.

Migrations say nothing of blocks any more: this one stands for the databases that know its name.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0005_review_workflow"),
    ]

    operations = []
