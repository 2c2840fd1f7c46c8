"""The text of the body, stored for search."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0007_rights_over_documents_and_topics"),
    ]

    operations = [
        migrations.AddField(
            model_name="plainpage",
            name="body_text",
            field=models.TextField(db_default="", default="", editable=False),
        ),
    ]
