"""Production, and an empty answer in front of it."""

from settings.production import *  # noqa: F403 - production plus one difference
from settings.production import MIDDLEWARE

MIDDLEWARE = ["scripts.bench.traffic.middleware.EmptyAnswerMiddleware", *MIDDLEWARE]
