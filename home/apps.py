from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    """App config for the home page, plain pages and the initial content of a new site."""

    name = "home"
    verbose_name = _("Home")

    def ready(self) -> None:
        """Connect the signal handlers for languages, and adapt the form of a language."""
        from home.languages import hide_locale_synchronization

        hide_locale_synchronization()
