"""Selection of the store in use."""

from functools import cache

from django.conf import settings

from cms.visitors.stores.interface import Store


@cache
def _store(redis_url: str) -> Store:
    if redis_url:
        from cms.visitors.stores.redis import RedisStore

        return RedisStore(redis_url)
    from cms.visitors.stores.database import DatabaseStore

    return DatabaseStore()


def current_store() -> Store:
    """Return the store in use: Redis if `REDIS_URL` is set, otherwise the database."""
    return _store(settings.REDIS_URL)
