"""Who may do what with wagtail-localize, beyond what its own views check.

Its views ask for `submit_translation` alone before they publish, and for the right to edit alone
before they stop a translation or turn a page into a live Vietnamese alias under `/en/`.
"""

from wagtail.models import Page
from wagtail.snippets.permissions import get_permission_name

SUBMIT = "wagtail_localize.submit_translation"


def is_complete(translation):
    """Say whether every segment of the `Translation` has a translation that can be published."""
    segments = translation.source.stringsegment_set.all()
    return not (
        segments.annotate_translation(translation.target_locale)
        .filter(translation__isnull=True)
        .exists()
    )


def may_edit(user, instance):
    """Say whether `user` may edit the page or snippet."""
    if isinstance(instance, Page):
        return instance.permissions_for_user(user).can_edit()
    return user.has_perm(get_permission_name("change", type(instance)))


def may_publish(user, instance):
    """Say whether `user` may publish the page; a snippet without drafts goes live when changed."""
    if isinstance(instance, Page):
        return instance.permissions_for_user(user).can_publish()
    return user.has_perm(get_permission_name("change", type(instance)))


def may_submit(user, source):
    """Say whether `user` may send `source`, a page or snippet, to be translated."""
    return user.has_perm(SUBMIT) and may_edit(user, source)


def may_steer(user, target):
    """Say whether `user` may stop or restart the translation that `target` is."""
    return user.has_perm(SUBMIT) and may_publish(user, target)
