"""Tags of the admin's templates."""

from django import template

from cms.withdrawal import SendReadersForm

register = template.Library()


@register.simple_tag
def send_readers_form(page):
    """Return the form in which the editor says where the readers of `page` are sent."""
    return SendReadersForm(page=page)
