"""A quote may be in another language than its page.

Migrations no longer list blocks. This one is empty; it stays because databases have recorded it.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("news", "0005_body_text"),
    ]

    operations = []
