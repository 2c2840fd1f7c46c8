"""The chore that gives new names to renditions whose names can be guessed.

The worker does it in small rounds, while the site is in use. Each new name is stored first, and
each step may be repeated. So work that was interrupted at any point is resumed and leaves nothing
behind:

1. the new name is stored (`FormerRenditionName`);
2. the file is linked under both names, or drawn anew if it is lost;
3. the row of the rendition gets the new name;
4. the file is deleted under the old name;
5. the row of the former name is kept for a limited time, or deleted.

A worker that claims a row postpones its due time. So no second worker claims the same row, and a
failed row is tried again.
"""

import logging
import re
import time
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from pathlib import PurePath

from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone

from cms.documents.public_use import is_used_publicly
from cms.models import FormerRenditionName, PortalImage, PortalRendition
from cms.operations.chores import chore
from cms.renditions.files import provide_file, remove_file

logger = logging.getLogger(__name__)

# The maximum number of renditions in one round.
BATCH = 200

# The maximum seconds of one round, so that scheduled publishing does not wait.
ROUND_SECONDS = 0.5

# How long a claimed name belongs to its worker, and how long a failed name waits for a retry.
RETRY_AFTER = timedelta(minutes=5)

# How long the former address of a public picture answers. Feeds and shared previews hold it.
FORMER_ADDRESS_LIFETIME = timedelta(days=30)

# How often to look for renditions to rename after there were none.
RENAME_EVERY = timedelta(minutes=1)

# The end of every picture's file name (`PortalImage.get_upload_to`).
RANDOM_END = re.compile(r"-[0-9a-f]{16}$")


@chore(interval=RENAME_EVERY)
def rename_due_renditions() -> bool:
    """Do one round, and return whether there was anything to do."""
    due = due_names()
    if len(due) < BATCH and note_former_names(BATCH - len(due)):
        due = due_names()
    elif not due:
        return False
    is_shown = cache(is_used_publicly)
    end, failures = time.monotonic() + ROUND_SECONDS, []
    for former in due:
        if claim(former):
            try:
                finish_renaming(former, is_shown)
            except (OperationalError, InterfaceError):
                raise
            except Exception as error:
                # Any storage may hold the files, and it raises the errors of its library. Logged
                # below.
                failures.append(f"{former.name}: {error}")
        if time.monotonic() > end:
            break
    if failures:
        logger.error("%s renditions were not renamed; the first is %s", len(failures), failures[0])
    return True


def due_names() -> list[FormerRenditionName]:
    """Return the former names that are due, the earliest first."""
    due = FormerRenditionName.objects.filter(due_at__lte=timezone.now())
    return list(due.select_related("rendition__image").order_by("due_at", "pk")[:BATCH])


def note_former_names(count: int) -> bool:
    """Store the new names for the next `count` renditions, and return whether there are any."""
    unknown = PortalRendition.objects.filter(has_random_name=None).order_by("pk")
    # Read only the keys, from the index. For a join, PostgreSQL would sort all remaining rows.
    keys = list(unknown.values_list("pk", flat=True)[:count])
    if not keys:
        return False
    found = PortalRendition.objects.filter(pk__in=keys).select_related("image")
    fine: list[PortalRendition] = []
    guessable: list[PortalRendition] = []
    for rendition in found:
        (fine if has_random_end(rendition) else guessable).append(rendition)
    with transaction.atomic():
        # Another worker may have stored the same renditions. The names of that worker are kept.
        FormerRenditionName.objects.bulk_create(
            map(plan_renaming, guessable), ignore_conflicts=True
        )
        for renditions, is_random in ((fine, True), (guessable, False)):
            looked_at = unknown.filter(pk__in=[rendition.pk for rendition in renditions])
            looked_at.update(has_random_name=is_random)
    return True


def plan_renaming(rendition: PortalRendition) -> FormerRenditionName:
    """Return the record to store before a rendition is renamed."""
    return FormerRenditionName(
        rendition=rendition,
        name=rendition.file.name,
        new_name=rendition.get_upload_to(PurePath(rendition.file.name).name),
        due_at=timezone.now(),
    )


def has_random_end(rendition: PortalRendition) -> bool:
    """Return whether the rendition's name contains the random end of the picture's name uncut."""
    stem = PurePath(rendition.image.file.name).stem
    name = PurePath(rendition.file.name).name
    return bool(RANDOM_END.search(stem)) and name.startswith(f"{stem}.")


def claim(former: FormerRenditionName) -> bool:
    """Postpone `former`, and return whether no other worker did so first."""
    row = FormerRenditionName.objects.filter(pk=former.pk, due_at=former.due_at)
    former.due_at = timezone.now() + RETRY_AFTER
    return bool(row.update(due_at=former.due_at))


def finish_renaming(former: FormerRenditionName, is_shown: Callable[[PortalImage], bool]) -> None:
    """Complete the renaming of `former`, from any step."""
    if not former.renamed:
        rename(former)
    renamed = PortalRendition.objects.filter(pk=former.rendition_id, file=former.new_name)
    rendition = renamed.select_related("image").first()
    if rendition is None:
        # The rendition was deleted in the meantime, together with the file that it had.
        remove_file(former.new_name)
    remove_file(former.name)
    row = FormerRenditionName.objects.filter(pk=former.pk)
    if not former.renamed and rendition is not None and is_shown(rendition.image):
        row.update(renamed=True, due_at=timezone.now() + FORMER_ADDRESS_LIFETIME)
    else:
        row.delete()


def rename(former: FormerRenditionName) -> None:
    """Give the file and the row of the rendition the new name, if they do not have it yet.

    A rendition that is lost and cannot be drawn is deleted. The next request that needs it draws
    it, or finds that the picture itself is lost.
    """
    rendition = former.rendition
    if rendition is None or rendition.file.name != former.name:
        return
    unchanged = PortalRendition.objects.filter(pk=rendition.pk, file=former.name)
    if provide_file(rendition, former.new_name):
        unchanged.update(file=former.new_name, has_random_name=True)
        return
    with transaction.atomic():
        # A faster worker may have succeeded.
        if unchanged.select_for_update().first():
            rendition.delete()
