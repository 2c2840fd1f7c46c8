"""The base classes of all pages."""

from contextlib import nullcontext
from typing import Any, Self

from django.contrib.auth.models import AnonymousUser, User
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page, PageViewRestriction, Revision
from wagtail.query import PageQuerySet
from wagtail.search import index

from cms.blocks import BodyBlock
from cms.blocks.fields import StreamField
from cms.images.sizes import BODY_PICTURE, GALLERY_THUMB, PictureUse, prefetch_renditions
from cms.models.images import PortalImage
from cms.models.permissions import PortalPagePermissionTester
from cms.models.slugs import available_slug, reserved_slugs
from cms.models.text_mixin import NormalisedTextMixin
from cms.restrictions import (
    delete_redundant_restrictions,
    preserve_restrictions,
    restrictions_on,
    without_restricted,
)
from cms.signals import about_to_publish
from cms.text.folding import fold
from cms.text.slugs import slug_from
from cms.text.sorting import sort_key

# Maximum number of characters of a page in the search index. PostgreSQL indexes at most 1 MB.
MAX_INDEXED_CHARACTERS = 400_000


class PortalPageForm(WagtailAdminPageForm):
    """The page editor's form, which never rejects a slug that is derived from the title."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The script fills in the slug a moment after the title. A user who publishes before that
        # sends no slug.
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean_slug(self) -> str:
        """Return the slug, derived from the title if it is missing.

        Add a number to the slug of a repeated title and to a slug that the site reserves.
        """
        slug = self.cleaned_data["slug"]
        derived = slug_from(self.cleaned_data.get("title", ""))
        if derived and slug in ("", derived):
            return available_slug(self.parent_page, derived, self.instance)
        if slug in reserved_slugs(self.parent_page):
            return available_slug(self.parent_page, slug, self.instance)
        return slug


class PortalPage(NormalisedTextMixin, Page):
    """The base class of all pages of the portal."""

    base_form_class = PortalPageForm

    title_sort_key = models.TextField(editable=False, default="")

    slug: str

    # The page of which this page is a copy, until it is saved. This is not a database field.
    copied_from: Page | None = None

    search_fields = [
        *Page.search_fields,
        index.SearchField("folded_text"),
        index.AutocompleteField("folded_text"),
    ]

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the page with its sort key, and preserve its privacy.

        The key sorts titles as a Vietnamese dictionary does. A copy is as private as the page from
        which it was made. An alias that becomes an ordinary page stays as private as it was.
        Wagtail's forms, its API and Python code all call this method.
        """
        self.title_sort_key = sort_key(self.title)
        source = None
        if self._state.adding:
            source = self.copied_from
        elif self.alias_of_id is None and "alias_of_id" in (kwargs.get("update_fields") or ()):
            source = self
        with preserve_restrictions(source, self) if source else nullcontext():
            super().save(*args, **kwargs)

    def copy_all_child_relations(
        self, target: Page, *args: Any, **kwargs: Any
    ) -> dict[Any, models.Model]:
        """Save on `target` that it is a copy of this page.

        Wagtail calls this method for each page that it copies.
        """
        target.copied_from = self
        return super().copy_all_child_relations(target, *args, **kwargs)

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Validate the page, after deriving a missing slug by our rules."""
        self._set_slug()
        super().full_clean(*args, **kwargs)

    def publish(self, revision: Revision, **kwargs: Any) -> None:
        """Publish `revision`, unless a receiver of `about_to_publish` raises an exception."""
        about_to_publish.send(sender=type(self), page=self, revision=revision)
        super().publish(revision, **kwargs)

    def minimal_clean(self) -> None:
        """Validate a draft, for which Wagtail does not call `full_clean`."""
        self.normalise_text()
        self._set_slug()
        super().minimal_clean()

    def _set_slug(self) -> None:
        """Derive a missing slug from the title, if the page has a position in the tree."""
        if not self.slug and self.path:
            slug = slug_from(self.title) or slug_from(str(self._meta.verbose_name))
            self.slug = available_slug(self.get_parent(), slug, self)

    def permissions_for_user(self, user: User | AnonymousUser) -> PortalPagePermissionTester:
        """Return the permission tester for `user`. It is stricter than Wagtail about deletion."""
        return PortalPagePermissionTester(user, self)

    def search_texts(self) -> list[str]:
        """Return the texts for search, without the title and with the most relevant first."""
        return [getattr(self, "introduction", "")]

    def indexed_texts(self) -> list[str]:
        """Return all texts by which search finds the page."""
        return [self.title, *self.search_texts()]

    @cached_property
    def folded_text(self) -> str:
        """Return the text of the page for the search index.

        It is cached because the index reads it six times while it adds a page.
        """
        # Truncate before folding to save time. Truncate again after it, because folding can replace
        # one character with several.
        return fold(" ".join(self.indexed_texts())[:MAX_INDEXED_CHARACTERS])[
            :MAX_INDEXED_CHARACTERS
        ]

    @property
    def description(self) -> str:
        """Return the description for search engines: the editors' text, or else the lead."""
        return self.search_description or getattr(self, "introduction", "")

    @cached_property
    def breadcrumbs(self) -> list[Page]:
        """Return the pages above this one, starting with the home page.

        For a routed request, routing has already set this property.
        """
        return list(self.get_ancestors().filter(depth__gt=1))

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """Return the restrictions that apply to the page, with no query if routing found none."""
        if getattr(self, "may_be_restricted", True):
            return restrictions_on(self)
        return PageViewRestriction.objects.none()

    def create_alias(self, **kwargs: Any) -> Self:
        """Create and return an alias, which is private as long as this page is."""
        alias = super().create_alias(**kwargs)
        delete_redundant_restrictions(alias)
        return alias

    # Django's mark of a method that no template may call.
    create_alias.alters_data = True  # type: ignore[attr-defined]

    def copy(self, *args: Any, **kwargs: Any) -> Self:
        """Create and return a copy, which has each restriction of this page only once."""
        made = super().copy(*args, **kwargs)
        delete_redundant_restrictions(made)
        return made

    # As above.
    copy.alters_data = True  # type: ignore[attr-defined]

    def live_translations(self) -> PageQuerySet:
        """Return the published, public translations, for the language switch and hreflang."""
        translations = Page.objects.filter(translation_key=self.translation_key).exclude(pk=self.pk)
        return without_restricted(translations.live()).select_related("locale")


class BodyPage(PortalPage):
    """A page whose content is a body of blocks."""

    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)
    body_text = models.TextField(editable=False, default="", db_default="")

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the page with the text of its body, so that search results need not read bodies."""
        if "body" not in self.get_deferred_fields():
            self.body_text = self.collect_body_text()
        super().save(*args, **kwargs)

    @property
    def description(self) -> str:
        """Return the description, or else the text of the body."""
        return super().description or self.body_text

    def collect_body_text(self) -> str:
        """Return the texts of all blocks as one string."""
        return " ".join(self.body.stream_block.get_searchable_content(self.body))

    def search_texts(self) -> list[str]:
        """Add the body to the texts: text, captions, credits, tables and numbers of documents."""
        return [*super().search_texts(), self.body_text]

    def indexed_texts(self) -> list[str]:
        """Add the text of the body itself if the page was last saved before `body_text` existed."""
        return [*super().indexed_texts(), "" if self.body_text else self.collect_body_text()]

    def captioned_pictures(self) -> list[blocks.StructValue]:
        """Return the values of the body's captioned pictures, including those of galleries.

        They are in the order of the page. A value whose picture was deleted is left out.
        """
        found = []
        for block in self.body:
            if block.block_type == "image":
                found.append(block.value)
            elif block.block_type == "gallery":
                found.extend(block.value.existing_pictures)
        return [value for value in found if value["image"]]

    def body_pictures(self) -> list[PortalImage]:
        """Return the pictures of the body, including those of galleries, in their order."""
        return [value["image"] for value in self.captioned_pictures()]

    def picture_uses(self) -> list[tuple[PortalImage, PictureUse]]:
        """Return pairs of a picture and a `PictureUse`: all that the published page needs."""
        return self.shown_picture_uses()

    def shown_picture_uses(self) -> list[tuple[PortalImage, PictureUse]]:
        """Return a pair of a picture and a `PictureUse` for each place that shows a picture."""
        uses = []
        for block in self.body:
            if block.block_type == "image":
                uses.append((block.value["image"], BODY_PICTURE))
            elif block.block_type == "gallery":
                for item in block.value.existing_pictures:
                    uses += [(item["image"], BODY_PICTURE), (item["image"], GALLERY_THUMB)]
            elif block.block_type == "video":
                uses.append((block.value["picture"], BODY_PICTURE))
        return [(picture, use) for picture, use in uses if picture]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the template context, after fetching the renditions of all pictures at once."""
        uses = self.shown_picture_uses()
        prefetch_renditions(
            [picture for picture, _use in uses], *dict.fromkeys(use for _picture, use in uses)
        )
        return super().get_context(request, *args, **kwargs)
