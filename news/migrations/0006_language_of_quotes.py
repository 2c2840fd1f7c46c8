"""A quote may be in another language than its page.

Migrations say nothing of blocks any more: this one stands for the databases that know its name.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("news", "0005_body_text"),
    ]

    operations = []
