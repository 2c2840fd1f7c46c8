"""Privacy in the admin: the privacy dialog of a page, and the privacy icons next to titles.

Wagtail's versions only consider restrictions on a page and on the pages above it. Here, a
translation is also private if its original is private (cms/restrictions.py).
"""

from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from wagtail import hooks
from wagtail.admin.auth import require_admin_access
from wagtail.admin.forms.pages import PageViewRestrictionForm
from wagtail.admin.modal_workflow import render_modal_workflow
from wagtail.admin.templatetags import wagtailadmin_tags
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet

from cms.restrictions import (
    delete_redundant_restrictions,
    original_page_of,
    restrictions_on,
    with_restriction_state,
)
from cms.visibility import may_see, visible_title

PUBLIC = PageViewRestriction.NONE


@never_cache
@require_admin_access
def set_privacy(request: HttpRequest, page_id: int) -> JsonResponse:
    """Show and set a page's own restriction, in place of Wagtail's view.

    Wagtail's view treats the restriction that is deepest in the tree as the page's own restriction.
    It says of all other restrictions that they come from a page above.
    """
    page = get_object_or_404(Page, pk=page_id).specific_deferred
    if not page.permissions_for_user(request.user).can_set_view_restrictions():
        raise PermissionDenied
    if not page.private_page_options:
        return render_modal_workflow(request, "wagtailadmin/page_privacy/no_privacy.html", None)
    own = page.view_restrictions.order_by("pk").first()
    form = PageViewRestrictionForm(
        request.POST if request.method == "POST" else None,
        instance=own,
        initial={} if own else {"restriction_type": PUBLIC},
        private_page_options=page.private_page_options,
    )
    if form.is_valid():
        save_restriction(page, form, request.user)
        is_public = not restrictions_on(page).exists()
        done = {"step": "set_privacy_done", "is_public": is_public}
        return render_modal_workflow(request, None, None, None, json_data=done)
    if reasons := reasons_of(page, request.user):
        _public, *others = form.fields["restriction_type"].choices
        form.fields["restriction_type"].choices = [(PUBLIC, reasons), *others]
    context = {
        "action_url": reverse("wagtailadmin_pages:set_privacy", args=[page.pk]),
        "object": page,
        "form": form,
    }
    template = "wagtailadmin/shared/set_privacy.html"
    return render_modal_workflow(
        request, template, None, context, json_data={"step": "set_privacy"}
    )


def save_restriction(page: Page, form: PageViewRestrictionForm, user: User | AnonymousUser) -> None:
    """Save the restriction from the form and delete all other restrictions on `page` itself.

    If the form says "public", delete all restrictions on `page` itself.
    """
    kept = None
    if form.cleaned_data["restriction_type"] != PUBLIC:
        kept = form.save(commit=False)
        kept.page = page
        kept.save(user=user)
        form.save_m2m()
    for restriction in page.view_restrictions.all():
        if restriction != kept:
            restriction.delete(user=user)


def reasons_of(page: Page, user: User | AnonymousUser) -> SafeString:
    """Return HTML that tells `user` which other pages make `page` private.

    Return an empty string if no other page makes it private.
    """
    original = original_page_of(page)
    inherited = restrictions_on(page).exclude(page=page.pk).select_related("page")
    sentences = [
        format_html(reason(page, original, restriction.page), link_to(restriction.page, user))
        for restriction in inherited.order_by("-page__depth")
    ]
    return format_html_join("; ", "<span>{}</span>", zip(sentences, strict=True))


def reason(page: Page, original: Page | None, restricted: Page) -> str:
    """Return the sentence that says `page` is private because `restricted` is.

    The placeholder `{}` in it stands for a link to `restricted`.
    """
    if page.path.startswith(restricted.path):
        return _("Private, like the page above it: {}")
    if original is None or not original.path.startswith(restricted.path):
        return _("Private, like the page that it comes from: {}")
    if restricted.pk == original.pk:
        return _("Private, like its original: {}")
    return _("Private, like its original, which is below a private page: {}")


def link_to(page: Page, user: User | AnonymousUser) -> str:
    """Return the title of `page` as a link to its edit form.

    For a user who may not see the page, return a neutral text without a link.
    """
    page = page.specific_deferred
    title = visible_title(user, page)
    if not may_see(user, page):
        return title
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return format_html('<a href="{}">{}</a>', address, title)


@wagtailadmin_tags.register.simple_tag(takes_context=True, name="test_page_is_public")
def is_public(context: Context, page: Page) -> bool:
    """Return whether everybody may read `page`, in place of Wagtail's tag of this name.

    Some lists annotate their pages with the answer. For any other list, one query checks all rows.
    """
    if hasattr(page, "may_be_restricted"):
        return not page.may_be_restricted
    request = context["request"]
    if not hasattr(request, "private_pages"):
        request.private_pages = {}
    if page.pk not in request.private_pages:
        keys = {page.pk, *keys_of_rows(context)}
        asked = with_restriction_state(Page.objects.filter(pk__in=keys))
        request.private_pages |= dict(asked.values_list("pk", "may_be_restricted"))
    return not request.private_pages[page.pk]


def keys_of_rows(context: Context) -> set[int]:
    """Return the keys of the pages in the table that is being rendered, if there is one."""
    rows = getattr(context.get("table"), "data", ())
    return {row.pk for row in rows if isinstance(row, Page)}


@hooks.register("construct_explorer_page_queryset")
def annotate_private_pages(
    parent_page: Page, pages: PageQuerySet, request: HttpRequest
) -> PageQuerySet:
    """Annotate the explorer's pages with whether they are private."""
    return with_restriction_state(pages)


@hooks.register("after_copy_page")
def delete_redundant_restrictions_of_copy(request: HttpRequest, page: Page, new_page: Page) -> None:
    """Delete the redundant restrictions of a copy or an alias made with the admin's form.

    An alias then has no copies of the restrictions of its source. A copy has each of these
    restrictions only once.
    """
    delete_redundant_restrictions(new_page)


@hooks.register("before_convert_alias_page")
def check_conversion(request: HttpRequest, page: Page) -> None:
    """Check the permission to publish, because the converted page is public independently.

    Raise `PermissionDenied` if the user may not convert the alias.
    """
    if not may_convert(request.user, page):
        raise PermissionDenied


def may_convert(user: User | AnonymousUser, page: Page) -> bool:
    """Return whether `user`, who may edit the alias `page`, may convert it into an ordinary page.

    To convert a published alias, the user needs the permission to publish.
    """
    return not page.live or page.permissions_for_user(user).can_publish()
