"""A store that keeps beats in Redis: a sorted set of tokens by expiry, and data for each token.

All keys begin with `visitors:`. The memory depends on the number of tokens online in the sample,
with about 400 bytes per token:

- `online`: sorted set of tokens, with the time in milliseconds when each stops counting;
- `tokens`: hash of each token to "sequence address-key", the sequence with 16 digits;
- `addresses`: hash of each address key to the number of its tokens;
- `state`: hash of the sampling, the visits not yet taken and the time of the last upkeep.

Each step is one script, which Redis runs atomically.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import redis
from django.conf import settings

from cms.operations.guarded_redis import CONNECTION, GuardedRedis
from cms.visitors.sampling import Sampling, first_token_outside
from cms.visitors.stores.interface import (
    MAX_DELAY_SECONDS,
    RECENT_SECONDS,
    Beat,
    StoreError,
    Tally,
    TooManyTokensError,
)

# The maximum number of tokens that one script deletes.
BATCH_SIZE = 5000

FORGET = """
local function forget(token)
  local known = redis.call('HGET', KEYS[2], token)
  if known then
    local address = string.sub(known, 18)
    local others = redis.call('HINCRBY', KEYS[3], address, -1)
    if others <= 0 then redis.call('HDEL', KEYS[3], address) end
    redis.call('HDEL', KEYS[2], token)
  end
  redis.call('ZREM', KEYS[1], token)
end
local function sweep(before, most)
  local old = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', before, 'LIMIT', 0, most)
  for _, token in ipairs(old) do forget(token) end
  return #old
end
"""

# Returns 1 for a token that was offline, 0 for one that was online, and -1 for one that exceeds the
# limit of its IP address.
TAKE = (
    FORGET
    + """
local function take(token, sequence, address, now, until_, limit)
  local known = redis.call('HGET', KEYS[2], token)
  if known and string.sub(known, 1, 16) >= sequence then return 0 end
  local score = known and tonumber(redis.call('ZSCORE', KEYS[1], token) or 0) or 0
  if not known or string.sub(known, 18) ~= address then
    if tonumber(redis.call('HGET', KEYS[3], address) or 0) >= limit then
      sweep(now, limit)
      if tonumber(redis.call('HGET', KEYS[3], address) or 0) >= limit then return -1 end
    end
    if known then forget(token) end
    redis.call('HINCRBY', KEYS[3], address, 1)
  end
  redis.call('HSET', KEYS[2], token, sequence .. ' ' .. address)
  redis.call('ZADD', KEYS[1], until_, token)
  return score > now and 0 or 1
end
"""
)

BEAT = (
    TAKE
    + """
local now, until_, limit, visits = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6]), ARGV[7]
local answer = take(ARGV[1], ARGV[2], ARGV[3], now, until_, limit)
if answer == 1 and visits ~= '0' then redis.call('HINCRBY', KEYS[4], 'visits', visits) end
return answer
"""
)

# Takes the window, the limit and one argument for each beat. Returns the tokens that exceed the
# limit.
BEAT_MANY = (
    TAKE
    + """
local window, limit, refused = tonumber(ARGV[1]), tonumber(ARGV[2]), {}
for place = 3, #ARGV do
  local token, sequence, address, at = string.match(ARGV[place], '(%S+) (%S+) (%S+) (%S+)')
  local now = tonumber(at)
  if take(token, sequence, address, now, now + window, limit) < 0 then
    table.insert(refused, token)
  end
end
return refused
"""
)

LEAVE = """
local known = redis.call('HGET', KEYS[2], ARGV[1])
if not known or string.sub(known, 1, 16) >= ARGV[2] then return end
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2] .. string.sub(known, 17))
redis.call('ZADD', KEYS[1], 'XX', ARGV[3], ARGV[1])
"""

# If all tokens count, the script reads no tokens but only counts them.
TALLY = """
local recent = redis.call('ZCOUNT', KEYS[1], '(' .. ARGV[2], ARGV[3])
if ARGV[4] == '' then return {redis.call('ZCOUNT', KEYS[1], '(' .. ARGV[1], '+inf'), recent} end
local online = 0
for _, token in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. ARGV[1], '+inf')) do
  if token < ARGV[4] then online = online + 1 end
end
return {online, recent}
"""

# The next two scripts return how many tokens they deleted. They delete at most `BATCH_SIZE`,
# because Redis serves no other client while a script runs.
SWEEP = FORGET + "return sweep(ARGV[1], ARGV[2])"

DROP = (
    FORGET
    + """
local forgotten, most = 0, tonumber(ARGV[2])
for _, token in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
  if forgotten == most then break end
  if token >= ARGV[1] then
    forget(token)
    forgotten = forgotten + 1
  end
end
return forgotten
"""
)

CLAIM_UPKEEP = """
local last = tonumber(redis.call('HGET', KEYS[4], 'turn') or 0)
if last > tonumber(ARGV[2]) then return 0 end
redis.call('HSET', KEYS[4], 'turn', ARGV[1])
return 1
"""

TAKE_VISITS = """
local visits = redis.call('HGET', KEYS[4], 'visits')
if visits then redis.call('HDEL', KEYS[4], 'visits') end
return tonumber(visits or 0)
"""


@contextmanager
def wrap_redis_errors() -> Iterator[None]:
    """Raise a `StoreError` instead of an error of Redis."""
    try:
        yield
    # A reply in an unexpected form is treated like no reply.
    except (redis.RedisError, TypeError, ValueError) as error:
        raise StoreError(str(error)) from error


def milliseconds(moment: datetime) -> int:
    """Return an aware datetime as milliseconds since 1970."""
    return int(moment.timestamp() * 1000)


class RedisStore:
    """The store of sites with Redis (see `cms.visitors.stores.interface.Store`)."""

    is_buffered = True

    def __init__(self, url: str, prefix: str = "visitors") -> None:
        self.client = GuardedRedis.from_url(url, **CONNECTION)
        self.keys = [f"{prefix}:{name}" for name in ("online", "tokens", "addresses", "state")]
        self.state = self.keys[3]
        self.scripts = {
            source: self.client.register_script(source)
            for source in (BEAT, BEAT_MANY, LEAVE, TALLY, SWEEP, DROP, CLAIM_UPKEEP, TAKE_VISITS)
        }

    @wrap_redis_errors()
    def _run(self, source: str, *arguments: str | int) -> Any:
        return self.scripts[source](keys=self.keys, args=arguments)

    def _run_in_batches(self, source: str, argument: str | int) -> None:
        while self._run(source, argument, BATCH_SIZE) == BATCH_SIZE:
            pass

    @property
    def window(self) -> int:
        """Milliseconds for which a token counts after a beat."""
        return settings.VISITOR_WINDOW * 1000

    @wrap_redis_errors()
    def beat(
        self,
        token: str,
        sequence: int,
        address_key: str,
        now: datetime,
        visit_weight: int = 0,
        limit: int | None = None,
    ) -> bool:
        timestamp = milliseconds(now)
        limit = limit or settings.VISITOR_TOKENS_PER_ADDRESS
        answer = self._run(
            *(BEAT, token, f"{sequence:016d}", address_key),
            *(timestamp, timestamp + self.window, limit, visit_weight),
        )
        if answer < 0:
            raise TooManyTokensError
        return bool(answer)

    @wrap_redis_errors()
    def beat_many(self, beats: Iterable[Beat], limit: int | None = None) -> list[str]:
        limit = limit or settings.VISITOR_TOKENS_PER_ADDRESS
        arguments = (
            f"{token} {sequence:016d} {address_key} {milliseconds(at)}"
            for token, sequence, address_key, at in beats
        )
        return [token.decode() for token in self._run(BEAT_MANY, self.window, limit, *arguments)]

    def leave(self, token: str, sequence: int, now: datetime) -> None:
        self._run(LEAVE, token, f"{sequence:016d}", milliseconds(now))

    @wrap_redis_errors()
    def tally(self, now: datetime, counted_in: int) -> Tally:
        timestamp = milliseconds(now)
        until = timestamp + self.window - int(MAX_DELAY_SECONDS * 1000)
        recent = until - RECENT_SECONDS * 1000, until
        beyond = first_token_outside(counted_in) or ""
        return Tally(*self._run(TALLY, timestamp, *recent, beyond))

    def sweep(self, now: datetime) -> None:
        self._run_in_batches(SWEEP, milliseconds(now) - self.window)

    def drop(self, one_in: int) -> None:
        if beyond := first_token_outside(one_in):
            self._run_in_batches(DROP, beyond)

    def claim_upkeep(self, now: datetime, seconds: int) -> bool:
        timestamp = milliseconds(now)
        return bool(self._run(CLAIM_UPKEEP, timestamp, timestamp - seconds * 1000))

    @wrap_redis_errors()
    def sampling(self) -> Sampling | None:
        one_in, counted_in, changed_at = self.client.hmget(
            self.state, "one_in", "counted_in", "changed_at"
        )
        if one_in is None or counted_in is None or changed_at is None:
            return None
        moment = datetime.fromtimestamp(int(changed_at) / 1000, UTC)
        return Sampling(settings.VISITOR_BEAT_INTERVAL, moment, int(one_in), int(counted_in))

    @wrap_redis_errors()
    def save_sampling(self, sampling: Sampling) -> None:
        self.client.hset(
            self.state,
            mapping={
                "one_in": sampling.one_in,
                "counted_in": sampling.counted_in,
                "changed_at": milliseconds(sampling.changed_at),
            },
        )

    @wrap_redis_errors()
    def add_visits(self, visits: int) -> None:
        self.client.hincrby(self.state, "visits", visits)

    @wrap_redis_errors()
    def take_visits(self) -> int:
        return int(self._run(TAKE_VISITS))
