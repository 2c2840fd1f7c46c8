"""Galleries, callouts, tables, documents, videos and related pages in the body."""

import wagtail.fields
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0005_review_workflow"),
    ]

    operations = [
        # The blocks are what the JSON of the column holds; the column stays as it is.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="plainpage",
                    name="body",
                    field=wagtail.fields.StreamField(
                        [
                            ("heading", 0),
                            ("paragraph", 1),
                            ("image", 5),
                            ("gallery", 8),
                            ("quote", 11),
                            ("callout", 15),
                            ("table", 16),
                            ("document", 22),
                            ("video", 29),
                            ("related", 33),
                            ("visitor_count", 34),
                        ],
                        blank=True,
                        block_lookup={
                            0: ("cms.blocks.text.HeadingBlock", (), {}),
                            1: ("cms.blocks.text.ParagraphBlock", (), {}),
                            2: (
                                "wagtail.images.blocks.ImageBlock",
                                [],
                                {
                                    "help_text": "The alt text tells who cannot see the picture what it shows. Mark it as decorative only when nothing would be lost without it.",
                                    "label": "Picture",
                                },
                            ),
                            3: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "Shown below the picture.",
                                    "label": "Caption",
                                    "max_length": 500,
                                    "required": False,
                                },
                            ),
                            4: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "Who took the picture, without the word for picture itself.",
                                    "label": "Credit",
                                    "max_length": 120,
                                    "required": False,
                                },
                            ),
                            5: (
                                "wagtail.blocks.StructBlock",
                                [[("image", 2), ("caption", 3), ("credit", 4)]],
                                {},
                            ),
                            6: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Title", "max_length": 200, "required": False},
                            ),
                            7: (
                                "wagtail.blocks.ListBlock",
                                (5,),
                                {"label": "Pictures", "max_num": 40, "min_num": 1},
                            ),
                            8: (
                                "wagtail.blocks.StructBlock",
                                [[("title", 6), ("pictures", 7)]],
                                {},
                            ),
                            9: (
                                "wagtail.blocks.TextBlock",
                                (),
                                {"label": "Quote", "max_length": 1000},
                            ),
                            10: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Who said it", "max_length": 200, "required": False},
                            ),
                            11: (
                                "wagtail.blocks.StructBlock",
                                [[("text", 9), ("attribution", 10)]],
                                {},
                            ),
                            12: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [("note", "Note"), ("important", "Important")],
                                    "label": "Kind",
                                },
                            ),
                            13: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Title", "max_length": 120, "required": False},
                            ),
                            14: ("cms.blocks.text.ParagraphBlock", (), {"label": "Text"}),
                            15: (
                                "wagtail.blocks.StructBlock",
                                [[("kind", 12), ("title", 13), ("text", 14)]],
                                {},
                            ),
                            16: ("cms.blocks.table.TableBlock", (), {}),
                            17: (
                                "wagtail.documents.blocks.DocumentChooserBlock",
                                (),
                                {
                                    "help_text": "Choose it from the library or upload it: one step.",
                                    "label": "File",
                                },
                            ),
                            18: (
                                "cms.blocks.document.DocumentNumberBlock",
                                (),
                                {
                                    "help_text": "Number and symbol, as 62/2020/NĐ-CP.",
                                    "label": "Number",
                                    "max_length": 80,
                                },
                            ),
                            19: (
                                "wagtail.blocks.DateBlock",
                                (),
                                {"label": "Issue date", "required": False},
                            ),
                            20: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Issuing body", "max_length": 200, "required": False},
                            ),
                            21: (
                                "wagtail.blocks.TextBlock",
                                (),
                                {
                                    "label": "Abstract",
                                    "max_length": 1000,
                                    "required": False,
                                    "rows": 3,
                                },
                            ),
                            22: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("file", 17),
                                        ("number", 18),
                                        ("issue_date", 19),
                                        ("issuing_body", 20),
                                        ("abstract", 21),
                                    ]
                                ],
                                {},
                            ),
                            23: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "What the video shows.",
                                    "label": "Title",
                                    "max_length": 200,
                                },
                            ),
                            24: (
                                "wagtail.blocks.URLBlock",
                                (),
                                {
                                    "help_text": "The address of the video on YouTube or Vimeo. Or upload a file below.",
                                    "label": "Link",
                                    "max_length": 500,
                                    "required": False,
                                },
                            ),
                            25: (
                                "wagtail.documents.blocks.DocumentChooserBlock",
                                (),
                                {
                                    "help_text": "A file that ends in .mp4 or .webm.",
                                    "label": "Video file",
                                    "required": False,
                                },
                            ),
                            26: (
                                "wagtail.images.blocks.ImageChooserBlock",
                                (),
                                {
                                    "help_text": "Shown until the video is played.",
                                    "label": "Picture",
                                    "required": False,
                                },
                            ),
                            27: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Caption", "max_length": 500, "required": False},
                            ),
                            28: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Credit", "max_length": 120, "required": False},
                            ),
                            29: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("title", 23),
                                        ("link", 24),
                                        ("file", 25),
                                        ("picture", 26),
                                        ("caption", 27),
                                        ("credit", 28),
                                    ]
                                ],
                                {},
                            ),
                            30: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "Without one, it says “Related articles”.",
                                    "label": "Title",
                                    "max_length": 120,
                                    "required": False,
                                },
                            ),
                            31: (
                                "cms.blocks.related.TranslatedPageChooserBlock",
                                (),
                                {"label": "Page"},
                            ),
                            32: (
                                "wagtail.blocks.ListBlock",
                                (31,),
                                {
                                    "help_text": "Readers in another language are led to the translation where there is one.",
                                    "label": "Pages",
                                    "max_num": 8,
                                    "min_num": 1,
                                },
                            ),
                            33: (
                                "wagtail.blocks.StructBlock",
                                [[("title", 30), ("pages", 32)]],
                                {},
                            ),
                            34: ("cms.blocks.visitor_count.VisitorCountBlock", (), {}),
                        },
                        verbose_name="body",
                    ),
                ),
            ]
        )
    ]
