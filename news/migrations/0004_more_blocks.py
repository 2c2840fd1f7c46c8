"""New body blocks: galleries, callouts, tables, documents, videos and related pages.

Migrations no longer list blocks. This one is empty; it stays because databases have recorded it.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("news", "0003_chosen_picture"),
    ]

    operations = []
