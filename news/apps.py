from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsConfig(AppConfig):
    """App config for sections, articles and topics."""

    name = "news"
    verbose_name = _("News")

    def ready(self) -> None:
        """Connect the signal handlers."""
        from news import signal_handlers  # noqa: F401 - importing connects them
