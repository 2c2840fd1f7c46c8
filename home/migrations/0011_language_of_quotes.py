"""A quote may be in another language than its page.

Migrations no longer list blocks. This one is empty; it stays because databases have recorded it.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0010_right_to_glossary"),
    ]

    operations = []
