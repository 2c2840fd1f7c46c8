"""The pages endpoint of the admin's API, limited to the pages that the user may see.

The response about a page also names related pages, and leaves out those that are hidden. The API
copies and converts pages by the same rules as the admin's forms. But it does not run the hooks of
these forms, so the rules are applied here again.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
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
from wagtail.query import PageQuerySet

from cms.restrictions import delete_redundant_restrictions
from cms.visibility import browsable_by, may_see, with_visible_title
from cms.visibility.privacy import may_convert

# Only for mypy: the other base of each class has these methods.
if TYPE_CHECKING:
    from wagtail.admin.api.serializers import PageAncestorsField as Base
else:
    Base = object


class VisiblePagesMixin(Base):
    """A serializer field that leaves out the related pages that the user may not see."""

    def to_representation(self, page: Page) -> list[dict[str, Any]]:
        """Return the representation of the related pages of `page` that the user may see."""
        return super().to_representation(VisibleRelatedPages(page, self.context["request"].user))


class VisibleRelatedPages:
    """A substitute for a page, which Wagtail asks for the page's ancestors and translations."""

    def __init__(self, page: Page, user: User | AnonymousUser) -> None:
        self.page, self.user = page, user

    def get_ancestors(self) -> list[Page]:
        """Return the visible ancestors."""
        return self.visible(self.page.get_ancestors())

    def get_translations(self) -> list[Page]:
        """Return the visible translations."""
        return self.visible(self.page.get_translations())

    def visible(self, pages: PageQuerySet) -> list[Page]:
        """Return the pages of `pages` that the user may browse, with the titles they may see."""
        return [with_visible_title(self.user, page) for page in browsable_by(self.user, pages)]


class VisibleAncestorsField(VisiblePagesMixin, PageAncestorsField):
    """The ancestors that the user may browse."""


class VisibleTranslationsField(VisiblePagesMixin, PageTranslationsField):
    """The translations that the user may browse."""


class VisibleAliasOfField(PageAliasOfField):
    """The source page of an alias, if the user may see it."""

    def get_attribute(self, page: Page) -> Page | None:
        """Return the source page, or `None` if it is hidden."""
        source = super().get_attribute(page)
        return source if source and may_see(self.context["request"].user, source) else None


class VisiblePageSerializer(AdminPageSerializer):
    """The serializer of a page, with only those related pages that the user may see."""

    ancestors = VisibleAncestorsField(read_only=True)
    translations = VisibleTranslationsField(read_only=True)
    alias_of = VisibleAliasOfField(read_only=True)


class DeleteRedundantRestrictionsMixin:
    """An action that deletes redundant restrictions from the page that it creates."""

    def execute(self, instance: Page, data: Mapping[str, Any]) -> HttpResponse:
        """Create the page, then load it by the id in the response and clean it up."""
        with transaction.atomic():
            # The other base class of each action has this method.
            response = super().execute(instance, data)  # type: ignore[misc]
            delete_redundant_restrictions(Page.objects.get(pk=response.data["id"]))
        return response


class CopyAction(DeleteRedundantRestrictionsMixin, CopyPageAPIAction):
    """The API action that copies a page."""


class CreateAliasAction(DeleteRedundantRestrictionsMixin, CreatePageAliasAPIAction):
    """The API action that creates an alias of a page."""


class ConvertAliasAction(ConvertAliasPageAPIAction):
    """The API action that converts an alias into an ordinary page."""

    def execute(self, instance: Page, data: Mapping[str, Any]) -> HttpResponse:
        """Check the same permission as the form, then convert the alias."""
        if not may_convert(self.request.user, instance):
            raise PermissionDenied
        return super().execute(instance, data)


class VisiblePagesViewSet(PagesAdminAPIViewSet):
    """Wagtail's API view of pages, with our serializer and our actions."""

    base_serializer_class = VisiblePageSerializer
    actions = {
        **PagesAdminAPIViewSet.actions,
        "copy": CopyAction,
        "create_alias": CreateAliasAction,
        "convert_alias": ConvertAliasAction,
    }
