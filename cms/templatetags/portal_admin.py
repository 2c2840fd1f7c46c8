"""Tags of the admin's templates."""

from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from wagtail.models import Page

from cms.addresses.unpublishing import UnpublishRedirectForm
from cms.visibility import browsable_by, visible_title, with_visible_title
from cms.visibility.privacy import may_convert

register = template.Library()


@register.simple_tag(takes_context=True)
def unpublish_redirect_form(context: Context, page: Page) -> UnpublishRedirectForm:
    """Return the form in which the editor chooses the redirect for the readers of `page`."""
    return UnpublishRedirectForm(page=page, user=context["request"].user)


@register.simple_tag(takes_context=True, name="visible_title")
def visible_title_for_user(context: Context, page: Page) -> str:
    """Return the title of `page` if the user may know it, else words that reveal nothing."""
    return visible_title(context["request"].user, page)


@register.simple_tag(takes_context=True)
def may_convert_alias(context: Context, page: Page) -> bool:
    """Return whether the user may turn the alias `page` into a page of its own."""
    return may_convert(context["request"].user, page)


@register.inclusion_tag("wagtailadmin/shared/breadcrumbs.html", takes_context=True)
def visible_breadcrumbs(context: Context, page: Page, querystring_value: str) -> dict[str, Any]:
    """Return the breadcrumbs of `page` in the chooser, without pages hidden from the user."""
    user = context["request"].user
    way = browsable_by(user, page.get_ancestors()).order_by("depth")
    return {
        "items": [
            {
                "url": reverse("wagtailadmin_choose_page_child", args=[above.pk])
                + querystring_value,
                "label": with_visible_title(user, above).get_admin_display_title(),
            }
            for above in way
        ],
        "is_expanded": True,
    }
