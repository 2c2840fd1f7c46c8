"""The admin's API: what it tells of a page, it tells of the pages around it.

It copies and converts as the forms of the admin do, though it runs none of their hooks.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.admin.api.actions.convert_alias import ConvertAliasPageAPIAction
from wagtail.admin.api.actions.copy import CopyPageAPIAction
from wagtail.admin.api.actions.create_alias import CreatePageAliasAPIAction
from wagtail.admin.api.serializers import (
    AdminPageSerializer,
    PageAncestorsField,
    PageTranslationsField,
)
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.api.v2.serializers import PageAliasOfField
from wagtail.models import Page

from cms.restrictions import drop_copied_restrictions
from cms.visibility import browsable_by, may_see, with_known_title
from cms.visibility.privacy import may_convert


class KnownPagesMixin:
    """Leaves out of a list of pages those that the user may not know of."""

    def to_representation(self, page):
        """Represent `page` by those pages around it that the user may know of."""
        return super().to_representation(KnownNeighbours(page, self.context["request"].user))


class KnownNeighbours:
    """Stands for a page where Wagtail asks it for the pages around it."""

    def __init__(self, page, user):
        self.page, self.user = page, user

    def get_ancestors(self):
        """Return the pages above."""
        return self.known(self.page.get_ancestors())

    def get_translations(self):
        """Return the translations."""
        return self.known(self.page.get_translations())

    def known(self, pages):
        """Return those of `pages` that the user may know of, with their titles as known."""
        return [with_known_title(self.user, page) for page in browsable_by(self.user, pages)]


class KnownAncestorsField(KnownPagesMixin, PageAncestorsField):
    """The pages above that the user may know of."""


class KnownTranslationsField(KnownPagesMixin, PageTranslationsField):
    """The translations that the user may know of."""


class KnownAliasOfField(PageAliasOfField):
    """The page that an alias copies, where the user may know of it."""

    def get_attribute(self, page):
        """Return the page, `None` where it is hidden."""
        source = super().get_attribute(page)
        return source if source and may_see(self.context["request"].user, source) else None


class KnownPageSerializer(AdminPageSerializer):
    """Tells of a page, and of those around it what the user may know."""

    ancestors = KnownAncestorsField(read_only=True)
    translations = KnownTranslationsField(read_only=True)
    alias_of = KnownAliasOfField(read_only=True)


class UncopiedRestrictionsMixin:
    """Leaves what an action makes with no doubles of the restrictions that bear on it."""

    def execute(self, instance, data):
        """Make the page, then look at it by the number in the answer."""
        with transaction.atomic():
            response = super().execute(instance, data)
            drop_copied_restrictions(Page.objects.get(pk=response.data["id"]))
        return response


class CopyAction(UncopiedRestrictionsMixin, CopyPageAPIAction):
    """Copies a page."""


class CreateAliasAction(UncopiedRestrictionsMixin, CreatePageAliasAPIAction):
    """Makes an alias of a page."""


class ConvertAliasAction(ConvertAliasPageAPIAction):
    """Makes an alias a page of its own."""

    def execute(self, instance, data):
        """Ask for what the form asks for."""
        if not may_convert(self.request.user, instance):
            raise PermissionDenied
        return super().execute(instance, data)


class KnownPagesViewSet(PagesAdminAPIViewSet):
    """Wagtail's view of pages with our serializer and our actions."""

    base_serializer_class = KnownPageSerializer
    actions = {
        **PagesAdminAPIViewSet.actions,
        "copy": CopyAction,
        "create_alias": CreateAliasAction,
        "convert_alias": ConvertAliasAction,
    }
