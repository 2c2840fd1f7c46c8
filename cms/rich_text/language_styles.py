"""Language marks within a text, for words that a screen reader says in another language."""

from wagtail import hooks
from wagtail.admin.rich_text.converters.html_to_contentstate import InlineStyleElementHandler
from wagtail.admin.rich_text.editors.draftail.features import InlineStyleFeature
from wagtail.rich_text.feature_registry import FeatureRegistry

from cms.rich_text.languages import LANGUAGE_FEATURES, LANGUAGES


@hooks.register("register_rich_text_features")
def register_languages(features: FeatureRegistry) -> None:
    """Offer each language as a style, stored as `<span lang="en">`."""
    for feature, (code, description) in zip(LANGUAGE_FEATURES, LANGUAGES.items(), strict=True):
        style = feature.upper()
        features.register_editor_plugin(
            "draftail",
            feature,
            InlineStyleFeature(
                {
                    "type": style,
                    "label": code.upper(),
                    "description": description,
                    "style": {"textDecoration": "underline dotted"},
                }
            ),
        )
        features.register_converter_rule(
            "contentstate",
            feature,
            {
                "from_database_format": {f'span[lang="{code}"]': InlineStyleElementHandler(style)},
                "to_database_format": {
                    "style_map": {style: {"element": "span", "props": {"lang": code}}}
                },
            },
        )
