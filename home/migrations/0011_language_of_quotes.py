"""A quote may be in another language than its page."""

import wagtail.fields
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0010_right_to_glossary"),
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
                            ("quote", 12),
                            ("callout", 16),
                            ("table", 17),
                            ("document", 23),
                            ("video", 30),
                            ("related", 34),
                            ("visitor_count", 35),
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
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("en", "In English"),
                                        ("fr", "In French"),
                                        ("vi", "In Vietnamese"),
                                    ],
                                    "help_text": "If the words are in another language than the page: how they are read aloud.",
                                    "label": "Language",
                                    "required": False,
                                },
                            ),
                            12: (
                                "wagtail.blocks.StructBlock",
                                [[("text", 9), ("attribution", 10), ("language", 11)]],
                                {},
                            ),
                            13: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [("note", "Note"), ("important", "Important")],
                                    "label": "Kind",
                                },
                            ),
                            14: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Title", "max_length": 120, "required": False},
                            ),
                            15: ("cms.blocks.text.ParagraphBlock", (), {"label": "Text"}),
                            16: (
                                "wagtail.blocks.StructBlock",
                                [[("kind", 13), ("title", 14), ("text", 15)]],
                                {},
                            ),
                            17: ("cms.blocks.table.TableBlock", (), {}),
                            18: (
                                "wagtail.documents.blocks.DocumentChooserBlock",
                                (),
                                {
                                    "help_text": "Choose it from the library or upload it: one step.",
                                    "label": "File",
                                },
                            ),
                            19: (
                                "cms.blocks.document.DocumentNumberBlock",
                                (),
                                {
                                    "help_text": "Number and symbol, as 62/2020/NĐ-CP.",
                                    "label": "Number",
                                    "max_length": 80,
                                },
                            ),
                            20: (
                                "wagtail.blocks.DateBlock",
                                (),
                                {"label": "Issue date", "required": False},
                            ),
                            21: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Issuing body", "max_length": 200, "required": False},
                            ),
                            22: (
                                "wagtail.blocks.TextBlock",
                                (),
                                {
                                    "label": "Abstract",
                                    "max_length": 1000,
                                    "required": False,
                                    "rows": 3,
                                },
                            ),
                            23: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("file", 18),
                                        ("number", 19),
                                        ("issue_date", 20),
                                        ("issuing_body", 21),
                                        ("abstract", 22),
                                    ]
                                ],
                                {},
                            ),
                            24: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "What the video shows.",
                                    "label": "Title",
                                    "max_length": 200,
                                },
                            ),
                            25: (
                                "wagtail.blocks.URLBlock",
                                (),
                                {
                                    "help_text": "The address of the video on YouTube or Vimeo. Or upload a file below.",
                                    "label": "Link",
                                    "max_length": 500,
                                    "required": False,
                                },
                            ),
                            26: (
                                "wagtail.documents.blocks.DocumentChooserBlock",
                                (),
                                {
                                    "help_text": "A file that ends in .mp4 or .webm.",
                                    "label": "Video file",
                                    "required": False,
                                },
                            ),
                            27: (
                                "wagtail.images.blocks.ImageChooserBlock",
                                (),
                                {
                                    "help_text": "Shown until the video is played.",
                                    "label": "Picture",
                                    "required": False,
                                },
                            ),
                            28: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Caption", "max_length": 500, "required": False},
                            ),
                            29: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Credit", "max_length": 120, "required": False},
                            ),
                            30: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("title", 24),
                                        ("link", 25),
                                        ("file", 26),
                                        ("picture", 27),
                                        ("caption", 28),
                                        ("credit", 29),
                                    ]
                                ],
                                {},
                            ),
                            31: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "Without one, it says “Related articles”.",
                                    "label": "Title",
                                    "max_length": 120,
                                    "required": False,
                                },
                            ),
                            32: (
                                "cms.blocks.related.TranslatedPageChooserBlock",
                                (),
                                {"label": "Page"},
                            ),
                            33: (
                                "wagtail.blocks.ListBlock",
                                (32,),
                                {
                                    "help_text": "Readers in another language are led to the translation where there is one.",
                                    "label": "Pages",
                                    "max_num": 8,
                                    "min_num": 1,
                                },
                            ),
                            34: (
                                "wagtail.blocks.StructBlock",
                                [[("title", 31), ("pages", 33)]],
                                {},
                            ),
                            35: ("cms.blocks.visitor_count.VisitorCountBlock", (), {}),
                        },
                        verbose_name="body",
                    ),
                ),
            ],
        ),
    ]
