"""The text of the body, stored for search."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("news", "0004_more_blocks"),
    ]

    operations = [
        migrations.AddField(
            model_name="articlepage",
            name="body_text",
            field=models.TextField(db_default="", default="", editable=False),
        ),
    ]
