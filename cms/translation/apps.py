from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TranslationConfig(AppConfig):
    """The translators' desk, which extends wagtail-localize."""

    name = "cms.translation"
    label = "translation"
    verbose_name = _("Translation")

    def ready(self) -> None:
        """Connect the signal handlers, and disable the copying of restrictions."""
        from cms.translation import localize, signal_handlers  # noqa: F401 - connects the handlers

        localize.disable_restriction_sync()
