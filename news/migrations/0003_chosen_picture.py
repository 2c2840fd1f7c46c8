"""The picture for lists, which an editor may choose."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0001_initial"),
        ("news", "0002_topics"),
    ]

    operations = [
        migrations.AddField(
            model_name="articlepage",
            name="chosen_picture",
            field=models.ForeignKey(
                blank=True,
                help_text="Shown in lists and where the article is shared, in place of its first one.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="cms.portalimage",
                verbose_name="picture in lists",
            ),
        ),
        migrations.AlterField(
            model_name="articlepage",
            name="picture",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="cms.portalimage",
            ),
        ),
    ]
