"""The articles of the demo, newest first, and the English versions of some of them by key."""

from home.demo.articles.english_guidance import ENGLISH_GUIDANCE
from home.demo.articles.english_reports import ENGLISH_REPORTS
from home.demo.articles.guidance import GUIDANCE
from home.demo.articles.local_news import LOCAL_NEWS
from home.demo.articles.reports import REPORTS
from home.demo.content import ArticleContent

ARTICLES: tuple[ArticleContent, ...] = tuple(
    sorted(
        [*REPORTS, *GUIDANCE, *LOCAL_NEWS],
        key=lambda article: article.published_at,
        reverse=True,
    )
)

ARTICLES_EN: dict[str, ArticleContent] = ENGLISH_REPORTS | ENGLISH_GUIDANCE
