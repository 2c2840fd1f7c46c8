"""What the admin tells of pages, in one place: importing this hides what may not be seen."""

from wagtail import hooks

from cms.visibility import choosers, fields, panels  # noqa: F401
from cms.visibility.api import KnownPagesViewSet

fields.hide_titles()


@hooks.register("construct_admin_api")
def tell_of_known_pages(router):
    """Put our view of pages in place of Wagtail's."""
    router.register_endpoint("pages", KnownPagesViewSet)
