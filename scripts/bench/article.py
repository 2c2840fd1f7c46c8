"""The article that is measured. The code runs inside the portal, through `manage.py shell`."""

import re
import time
from collections.abc import Iterator
from itertools import chain, cycle

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from cms.models import PortalImage
from home.demo.articles.reports import REPORTS
from home.demo.content import Paragraph
from news.models import ArticlePage, NewsIndexPage

WORDS = 600
PICTURE = "Ruộng bậc thang xã Nậm Tưa"


def publish(slug: str) -> None:
    """Publish a news article with 600 words and one captioned picture in all its sizes."""
    picture = PortalImage.objects.get(title=PICTURE)
    image = {
        "image": {"image": picture.pk, "alt_text": "Ruộng bậc thang sau mưa", "decorative": False},
        "caption": "Ruộng bậc thang xã Nậm Tưa vào mùa nước đổ.",
        "credit": "Tổ biên tập",
    }
    text = "".join(f"<p>{' '.join(words)}</p>" for words in paragraphs())
    article = ArticlePage(
        title="Sở Nội vụ tỉnh Hải Lam tổng kết công tác năm 2026",
        slug=slug,
        introduction=REPORTS[0].introduction,
        published_at=timezone.now(),
        author="Tổ biên tập",
        body=[{"type": "image", "value": image}, {"type": "paragraph", "value": text}],
    )
    NewsIndexPage.objects.get(slug="tin-tuc").add_child(instance=article)
    for shown, use in article.picture_uses():
        shown.get_renditions(*use.filter_specs)
    article.save_revision().publish()


def paragraphs() -> Iterator[list[str]]:
    """Yield the words of each paragraph of the demo's reports, `WORDS` words in total."""
    blocks = chain.from_iterable(report.body for report in REPORTS)
    html = "".join(block.html for block in blocks if isinstance(block, Paragraph))
    left = WORDS
    for paragraph in cycle(re.findall(r"<p>(.*?)</p>", html)):
        words = re.sub(r"<[^>]+>", "", paragraph).split()[:left]
        yield words
        left -= len(words)
        if not left:
            return


def wait_for_worker() -> None:
    """Wait until the worker has created all ordered pictures and no longer uses the machine."""
    while (DBTaskResult.objects.ready() | DBTaskResult.objects.running()).exists():
        time.sleep(1)
