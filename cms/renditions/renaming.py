"""Renditions whose name can be guessed get another one, by and by, while the site is in use.

The worker does it, as a chore. Each name is written down first, and each step may be done twice, so
that work that was cut off anywhere is taken up again and leaves nothing behind:

1. the new name is written down (`FormerRenditionName`);
2. the file stands under both names, or is drawn anew where it is lost;
3. the row of the rendition says the new name;
4. the file is gone from the old name;
5. the row of the former name stays for a while, or goes.

Whoever takes a row puts off its hour, so that no second worker takes it as well, and so that what
fails is tried again.
"""

import logging
import re
import time
from datetime import timedelta
from functools import cache
from pathlib import PurePath

from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone

from cms.documents.public_use import is_used_publicly
from cms.models import FormerRenditionName, PortalRendition
from cms.operations.chores import chore
from cms.renditions.files import provide_file, remove_file

logger = logging.getLogger(__name__)

# How many renditions one round takes in hand at most.
BATCH = 200

# How long one round goes on at most: what is scheduled does not wait.
ROUND_SECONDS = 0.5

# How long a name that somebody took is left to them, and one that failed is left alone.
RETRY_AFTER = timedelta(minutes=5)

# How long the former address of a public picture answers: feeds and shared previews hold it.
FORMER_ADDRESS_LIFETIME = timedelta(days=30)

# How often renditions to rename are looked for when there were none.
RENAME_EVERY = timedelta(minutes=1)

# What the name of every picture ends in (`PortalImage.get_upload_to`).
RANDOM_END = re.compile(r"-[0-9a-f]{16}$")


@chore(interval=RENAME_EVERY)
def rename_due_renditions() -> bool:
    """Do one round and say whether there was anything to do."""
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
                # Any storage may hold the files, and raises what its library has; told below.
                failures.append(f"{former.name}: {error}")
        if time.monotonic() > end:
            break
    if failures:
        logger.error("%s renditions were not renamed; the first is %s", len(failures), failures[0])
    return True


def due_names():
    """Return the former names whose hour has come, the first due first."""
    due = FormerRenditionName.objects.filter(due_at__lte=timezone.now())
    return list(due.select_related("rendition__image").order_by("due_at", "pk")[:BATCH])


def note_former_names(count: int) -> bool:
    """Write down how the next `count` renditions are to be renamed; say whether there are any."""
    unknown = PortalRendition.objects.filter(has_random_name=None).order_by("pk")
    # The keys alone, from the index: for a join PostgreSQL would sort all that are left.
    keys = list(unknown.values_list("pk", flat=True)[:count])
    if not keys:
        return False
    found = PortalRendition.objects.filter(pk__in=keys).select_related("image")
    fine, guessable = [], []
    for rendition in found:
        (fine if has_random_end(rendition) else guessable).append(rendition)
    with transaction.atomic():
        # Another worker may have written down the same ones: its names stand.
        FormerRenditionName.objects.bulk_create(
            map(plan_renaming, guessable), ignore_conflicts=True
        )
        for renditions, is_random in ((fine, True), (guessable, False)):
            looked_at = unknown.filter(pk__in=[rendition.pk for rendition in renditions])
            looked_at.update(has_random_name=is_random)
    return True


def plan_renaming(rendition) -> FormerRenditionName:
    """Return what is to be written down of a rendition before it is renamed."""
    return FormerRenditionName(
        rendition=rendition,
        name=rendition.file.name,
        new_name=rendition.get_upload_to(PurePath(rendition.file.name).name),
        due_at=timezone.now(),
    )


def has_random_end(rendition) -> bool:
    """Say whether the random end of the picture's name stands uncut in that of the rendition."""
    stem = PurePath(rendition.image.file.name).stem
    name = PurePath(rendition.file.name).name
    return bool(RANDOM_END.search(stem)) and name.startswith(f"{stem}.")


def claim(former) -> bool:
    """Put off the hour of `former`; say whether nobody else did meanwhile."""
    row = FormerRenditionName.objects.filter(pk=former.pk, due_at=former.due_at)
    former.due_at = timezone.now() + RETRY_AFTER
    return bool(row.update(due_at=former.due_at))


def finish_renaming(former, is_shown):
    """Bring the renaming of `former` to its end, from wherever it stands."""
    if not former.renamed:
        rename(former)
    renamed = PortalRendition.objects.filter(pk=former.rendition_id, file=former.new_name)
    rendition = renamed.select_related("image").first()
    if rendition is None:
        # Deleted meanwhile, with the file that it had.
        remove_file(former.new_name)
    remove_file(former.name)
    row = FormerRenditionName.objects.filter(pk=former.pk)
    if not former.renamed and rendition is not None and is_shown(rendition.image):
        row.update(renamed=True, due_at=timezone.now() + FORMER_ADDRESS_LIFETIME)
    else:
        row.delete()


def rename(former):
    """Give file and row of the rendition the new name, where they have not got it yet.

    A rendition that is lost and cannot be drawn goes: the next who needs it draws it, or finds the
    picture itself lost.
    """
    rendition = former.rendition
    if rendition is None or rendition.file.name != former.name:
        return
    unchanged = PortalRendition.objects.filter(pk=rendition.pk, file=former.name)
    if provide_file(rendition, former.new_name):
        unchanged.update(file=former.new_name, has_random_name=True)
        return
    with transaction.atomic():
        # Another worker that was faster may have had more luck.
        if unchanged.select_for_update().first():
            rendition.delete()
