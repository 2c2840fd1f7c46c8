"""Tags of the admin's templates."""

from django import template
from django.urls import reverse

from cms.addresses.unpublishing import UnpublishRedirectForm
from cms.visibility import browsable_by, visible_title, with_visible_title
from cms.visibility.privacy import may_convert

register = template.Library()


@register.simple_tag(takes_context=True)
def send_readers_form(context, page):
    """Return the form in which the editor says where the readers of `page` are sent."""
    return UnpublishRedirectForm(page=page, user=context["request"].user)


@register.simple_tag(takes_context=True, name="visible_title")
def visible_title_for_user(context, page):
    """Return the title of `page` as the user may know it, else words that tell nothing."""
    return visible_title(context["request"].user, page)


@register.simple_tag(takes_context=True)
def may_convert_alias(context, page):
    """Say whether the user may turn the alias `page` into a page of its own."""
    return may_convert(context["request"].user, page)


@register.inclusion_tag("wagtailadmin/shared/breadcrumbs.html", takes_context=True)
def visible_breadcrumbs(context, page, querystring_value):
    """Show the way to `page` in the chooser, past what the user may not know of."""
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
