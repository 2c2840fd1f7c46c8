"""Privacy in the admin: what the dialog of a page shows and sets, and the signs beside titles.

Wagtail's own know restrictions on a page and above it alone; a translation is private with its
original, too (cms/restrictions.py).
"""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from wagtail import hooks
from wagtail.admin.auth import require_admin_access
from wagtail.admin.forms.pages import PageViewRestrictionForm
from wagtail.admin.modal_workflow import render_modal_workflow
from wagtail.admin.templatetags import wagtailadmin_tags
from wagtail.models import Page, PageViewRestriction

from cms.restrictions import (
    drop_copied_restrictions,
    original_of,
    restrictions_on,
    with_restriction_state,
)
from cms.visibility import known_title, may_see

PUBLIC = PageViewRestriction.NONE


@never_cache
@require_admin_access
def set_privacy(request, page_id):
    """Show and set the restriction of a page of its own, in place of Wagtail's view.

    Wagtail's takes whichever restriction is deepest in the tree for the page's own, and says of all
    others that they come from a page above.
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


def save_restriction(page, form, user):
    """Leave `page` with the one restriction that the form says, or with none of its own."""
    kept = None
    if form.cleaned_data["restriction_type"] != PUBLIC:
        kept = form.save(commit=False)
        kept.page = page
        kept.save(user=user)
        form.save_m2m()
    for restriction in page.view_restrictions.all():
        if restriction != kept:
            restriction.delete(user=user)


def reasons_of(page, user):
    """Return to `user` as HTML why `page` is private without a restriction of its own, else ""."""
    original = original_of(page)
    inherited = restrictions_on(page).exclude(page=page.pk).select_related("page")
    sentences = [
        format_html(reason(page, original, restriction.page), link_to(restriction.page, user))
        for restriction in inherited.order_by("-page__depth")
    ]
    return format_html_join("; ", "<span>{}</span>", zip(sentences, strict=True))


def reason(page, original, restricted):
    """Return what to say where `page` is private because `restricted` is; `{}` is a link to it."""
    if page.path.startswith(restricted.path):
        return _("Private, like the page above it: {}")
    if original is None or not original.path.startswith(restricted.path):
        return _("Private, like the page that it comes from: {}")
    if restricted.pk == original.pk:
        return _("Private, like its original: {}")
    return _("Private, like its original, which is below a private page: {}")


def link_to(page, user):
    """Return the title of `page` as a link to its form; who may not see it reads neither."""
    page = page.specific_deferred
    title = known_title(user, page)
    if not may_see(user, page):
        return title
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return format_html('<a href="{}">{}</a>', address, title)


@wagtailadmin_tags.register.simple_tag(takes_context=True, name="test_page_is_public")
def is_public(context, page):
    """Say whether everybody may read `page`, in place of Wagtail's tag of this name.

    Some lists bring the answer along; of the rows of any other it is asked at once.
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


def keys_of_rows(context):
    """Return the keys of the pages in the table that is being shown, if there is one."""
    rows = getattr(context.get("table"), "data", ())
    return {row.pk for row in rows if isinstance(row, Page)}


@hooks.register("construct_explorer_page_queryset")
def know_private_pages(parent_page, pages, request):
    """Fetch along with a list of pages which of them are private."""
    return with_restriction_state(pages)


@hooks.register("after_copy_page")
def forget_copied_restrictions(request, page, new_page):
    """Leave an alias with what its source has, and a copy with each of that once."""
    drop_copied_restrictions(new_page)


@hooks.register("before_convert_alias_page")
def check_conversion(request, page):
    """Ask for the right to publish, too: from then on the page is public on its own account."""
    if not may_convert(request.user, page):
        raise PermissionDenied


def may_convert(user, page) -> bool:
    """Say whether `user` may turn the alias `page` into a page of its own, which Wagtail lets edit.

    A published one takes the right to publish.
    """
    return not page.live or page.permissions_for_user(user).can_publish()
