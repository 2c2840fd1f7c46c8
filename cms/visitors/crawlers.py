"""Programs that visit and are nobody: the list is that of the library crawlerdetect."""

from functools import lru_cache

from crawlerdetect import CrawlerDetect

_detect = CrawlerDetect()


# Letters of a name that are looked at: the time of the list grows with their square.
LONGEST = 400


def is_crawler(user_agent):
    """Say whether what calls itself so is a program that visits pages by itself."""
    return _is_listed(user_agent[:LONGEST])


@lru_cache(maxsize=4096)
def _is_listed(name):
    """Ask the list, which is the same for all who have the name."""
    return _detect.isCrawler(name)
