from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    """The home page, plain pages, and what a fresh site starts with."""

    name = "home"
    verbose_name = _("Home")

    def ready(self):
        """Connect what happens when a language is added."""
        from home.languages import offer_no_synchronisation

        offer_no_synchronisation()
