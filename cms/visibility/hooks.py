"""The hooks that limit the admin to visible pages. Importing this module activates all of them."""

from wagtail import hooks
from wagtail.api.v2.router import WagtailAPIRouter

from cms.visibility import choosers, fields, panels  # noqa: F401 - registers hooks
from cms.visibility.api import VisiblePagesViewSet

fields.hide_titles()


@hooks.register("construct_admin_api")
def register_visible_pages_api(router: WagtailAPIRouter) -> None:
    """Register our API view of pages in place of Wagtail's."""
    router.register_endpoint("pages", VisiblePagesViewSet)
