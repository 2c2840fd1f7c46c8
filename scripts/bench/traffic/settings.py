"""The production settings with the middleware for empty responses in front."""

from settings.production import *  # noqa: F403 - production plus one difference
from settings.production import MIDDLEWARE

MIDDLEWARE = ["scripts.bench.traffic.middleware.EmptyAnswerMiddleware", *MIDDLEWARE]
