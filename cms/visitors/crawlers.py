"""Detection of crawlers, which do not count as visitors, with the list of crawlerdetect."""

from functools import lru_cache

from crawlerdetect import CrawlerDetect

_detect = CrawlerDetect()


# Characters of a user agent that are checked. The time of the check grows with their square.
USER_AGENT_LENGTH = 400


def is_crawler(user_agent: str) -> bool:
    """Return whether the user agent is that of a program that visits pages automatically."""
    return _is_listed(user_agent[:USER_AGENT_LENGTH])


@lru_cache(maxsize=4096)
def _is_listed(name: str) -> bool:
    """Return whether crawlerdetect lists the name. The result is the same for all requests."""
    return _detect.isCrawler(name)
