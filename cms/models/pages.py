"""What pages of all rooms have in common."""

from contextlib import nullcontext

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index

from cms.blocks import BodyBlock
from cms.blocks.fields import StreamField
from cms.images.sizes import BODY_PICTURE, GALLERY_THUMB, prefetch_renditions
from cms.models.permissions import PortalPagePermissionTester
from cms.models.slugs import available_slug, reserved_slugs
from cms.models.text_mixin import NormalisedTextMixin
from cms.restrictions import (
    drop_copied_restrictions,
    keeping_restrictions_of,
    restrictions_on,
    without_restricted,
)
from cms.signals import about_to_publish
from cms.text.folding import fold
from cms.text.slugs import slug_from
from cms.text.sorting import sort_key

# Characters of a page that are found by searching: PostgreSQL indexes no more than a megabyte.
MAX_INDEXED = 400_000


class PortalPageForm(WagtailAdminPageForm):
    """The editor's form, which never fails for a slug that only follows the title."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # The script fills the slug a moment after the title; who publishes sooner sends none.
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean_slug(self):
        """Derive a missing slug, number that of a repeated title or one that the site keeps."""
        slug = self.cleaned_data["slug"]
        derived = slug_from(self.cleaned_data.get("title", ""))
        if derived and slug in ("", derived):
            return available_slug(self.parent_page, derived, self.instance)
        if slug in reserved_slugs(self.parent_page):
            return available_slug(self.parent_page, slug, self.instance)
        return slug


class PortalPage(NormalisedTextMixin, Page):
    """A page of the portal."""

    base_form_class = PortalPageForm

    title_sort_key = models.TextField(editable=False, default="")

    # The page that this one is a copy of, until it is saved; no field.
    copied_from = None

    search_fields = [
        *Page.search_fields,
        index.SearchField("folded_text"),
        index.AutocompleteField("folded_text"),
    ]

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        """Keep the key by which titles sort as in a Vietnamese dictionary, and what is private.

        A copy is as private as what it was made of; an alias that becomes a page of its own, as it
        was. Wagtail's forms, its API and programs all come by here.
        """
        self.title_sort_key = sort_key(self.title)
        source = None
        if self._state.adding:
            source = self.copied_from
        elif self.alias_of_id is None and "alias_of_id" in (kwargs.get("update_fields") or ()):
            source = self
        with keeping_restrictions_of(source, self) if source else nullcontext():
            super().save(*args, **kwargs)

    def copy_all_child_relations(self, target, *args, **kwargs):
        """Remember what `target` is a copy of: Wagtail calls this for each page that it copies."""
        target.copied_from = self
        return super().copy_all_child_relations(target, *args, **kwargs)

    def full_clean(self, *args, **kwargs):
        """Validate, with a slug of ours where there is none."""
        self._set_slug()
        super().full_clean(*args, **kwargs)

    def publish(self, revision, **kwargs):
        """Publish `revision`, unless somebody objects."""
        about_to_publish.send(sender=type(self), page=self, revision=revision)
        return super().publish(revision, **kwargs)

    def minimal_clean(self):
        """Validate a draft, which Wagtail does without `full_clean`."""
        self.normalise_text()
        self._set_slug()
        super().minimal_clean()

    def _set_slug(self):
        """Derive the slug from the title once the page has a place in the tree."""
        if not self.slug and self.path:
            slug = slug_from(self.title) or slug_from(str(self._meta.verbose_name))
            self.slug = available_slug(self.get_parent(), slug, self)

    def permissions_for_user(self, user):
        """Return what `user` may do with the page; deleting it is stricter than in Wagtail."""
        return PortalPagePermissionTester(user, self)

    def search_texts(self):
        """Return the texts in which the page is found, beside its title, the most telling first."""
        return [getattr(self, "introduction", "")]

    def indexed_texts(self):
        """Return all the texts by which the page is found."""
        return [self.title, *self.search_texts()]

    @cached_property
    def folded_text(self):
        """What the index holds of the page; it asks for that six times while it takes a page in."""
        # Cut before for the time that folding takes, and after since it may spell a sign out.
        return fold(" ".join(self.indexed_texts())[:MAX_INDEXED])[:MAX_INDEXED]

    @property
    def description(self):
        """Return what search engines are told of the page: the editors' words, else its lead."""
        return self.search_description or getattr(self, "introduction", "")

    @cached_property
    def breadcrumbs(self):
        """Return the pages above this one, from the home page down; routing knows them already."""
        return list(self.get_ancestors().filter(depth__gt=1))

    def get_view_restrictions(self):
        """Return the restrictions that bear on the page, without a query where routing saw none."""
        if getattr(self, "may_be_restricted", True):
            return restrictions_on(self)
        return PageViewRestriction.objects.none()

    def create_alias(self, **kwargs):
        """Return an alias, which is private as long as this page is."""
        alias = super().create_alias(**kwargs)
        drop_copied_restrictions(alias)
        return alias

    create_alias.alters_data = True

    def copy(self, *args, **kwargs):
        """Return a copy, which asks of readers once what this page asks."""
        made = super().copy(*args, **kwargs)
        drop_copied_restrictions(made)
        return made

    copy.alters_data = True

    def live_translations(self):
        """Return the published translations of the page, for the language switch and hreflang."""
        twins = Page.objects.filter(translation_key=self.translation_key).exclude(pk=self.pk)
        return without_restricted(twins.live()).select_related("locale")


class BodyPage(PortalPage):
    """A page whose content is a body of blocks."""

    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)
    body_text = models.TextField(editable=False, default="", db_default="")

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        """Keep the words of the body at hand for search, whose results do not read bodies."""
        if "body" not in self.get_deferred_fields():
            self.body_text = self.words_of_body()
        super().save(*args, **kwargs)

    @property
    def description(self):
        """Fall back to the words of the body."""
        return super().description or self.body_text

    def words_of_body(self):
        """Return the texts of all blocks in one."""
        return " ".join(self.body.stream_block.get_searchable_content(self.body))

    def search_texts(self):
        """Add the body: text, captions, credits, tables, numbers of documents."""
        return [*super().search_texts(), self.body_text]

    def indexed_texts(self):
        """Read the body itself of a page that was last saved before its words were kept."""
        return [*super().indexed_texts(), "" if self.body_text else self.words_of_body()]

    def captioned_pictures(self):
        """Return the values of the body's captioned pictures, those of galleries included.

        They come in the order of the page; one whose picture was deleted is left out.
        """
        found = []
        for block in self.body:
            if block.block_type == "image":
                found.append(block.value)
            elif block.block_type == "gallery":
                found.extend(block.value.shown)
        return [value for value in found if value["image"]]

    def body_pictures(self):
        """Return the pictures of the body, those of galleries included, in their order."""
        return [value["image"] for value in self.captioned_pictures()]

    def picture_uses(self):
        """Return pairs of a picture and a `PictureUse`: all that publishing the page calls for."""
        return self.pictures_shown()

    def pictures_shown(self):
        """Return a pair of picture and `PictureUse` for each place where the page shows one."""
        uses = []
        for block in self.body:
            if block.block_type == "image":
                uses.append((block.value["image"], BODY_PICTURE))
            elif block.block_type == "gallery":
                for item in block.value.shown:
                    uses += [(item["image"], BODY_PICTURE), (item["image"], GALLERY_THUMB)]
            elif block.block_type == "video":
                uses.append((block.value["picture"], BODY_PICTURE))
        return [(picture, use) for picture, use in uses if picture]

    def get_context(self, request, *args, **kwargs):
        """Fetch the sizes of all pictures of the page at once, however many there are."""
        uses = self.pictures_shown()
        prefetch_renditions(
            [picture for picture, _use in uses], *dict.fromkeys(use for _picture, use in uses)
        )
        return super().get_context(request, *args, **kwargs)
