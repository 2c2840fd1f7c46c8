"""Beats in Redis: one set ordered by the moment a token stops to count, and what is known of each.

Keys, all beginning with `visitors:` (memory is bounded by the number online, sampled as the pace
says; about 400 bytes a token):

- `online`: sorted set, token by the moment (milliseconds) at which it stops to count;
- `tokens`: hash, token to "sequence address-key", the sequence with sixteen digits;
- `addresses`: hash, address key to the number of its tokens;
- `state`: hash, the pace, the visits not yet taken and the last turn.

Each step is one script, which Redis runs undivided.
"""

from contextlib import contextmanager
from datetime import UTC, datetime

import redis
from django.conf import settings

from cms.operations.redis import CONNECTION, GuardedRedis
from cms.visitors.pace import Pace, first_beyond
from cms.visitors.stores.interface import LATE, RECENT, StoreError, Tally, TooManyTokensError

# Tokens that one script forgets at most.
BATCH = 5000

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

# Answers 1 for who was not online, 0 for who was, -1 for one too many of its address.
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

# Takes the window, the limit and then one argument a beat; answers the tokens that are too many.
AGAIN = (
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

# Where all tokens count, none is looked at.
TALLY = """
local recent = redis.call('ZCOUNT', KEYS[1], '(' .. ARGV[2], ARGV[3])
if ARGV[4] == '' then return {redis.call('ZCOUNT', KEYS[1], '(' .. ARGV[1], '+inf'), recent} end
local online = 0
for _, token in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. ARGV[1], '+inf')) do
  if token < ARGV[4] then online = online + 1 end
end
return {online, recent}
"""

# These two answer how many they forgot, `BATCH` at most: Redis serves nobody else meanwhile.
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

TURN = """
local last = tonumber(redis.call('HGET', KEYS[4], 'turn') or 0)
if last > tonumber(ARGV[2]) then return 0 end
redis.call('HSET', KEYS[4], 'turn', ARGV[1])
return 1
"""

VISITS = """
local visits = redis.call('HGET', KEYS[4], 'visits')
if visits then redis.call('HDEL', KEYS[4], 'visits') end
return tonumber(visits or 0)
"""


@contextmanager
def answering():
    """Turn the errors of Redis into a `StoreError`."""
    try:
        yield
    # An answer that is none of ours is as bad as none.
    except (redis.RedisError, TypeError, ValueError) as error:
        raise StoreError(str(error)) from error


def milliseconds(moment):
    """Return an aware datetime as milliseconds since 1970."""
    return int(moment.timestamp() * 1000)


class RedisStore:
    """The store where there is Redis (see `cms.visitors.stores.interface.Store`)."""

    gathers = True

    def __init__(self, url, prefix="visitors"):
        self.client = GuardedRedis.from_url(url, **CONNECTION)
        self.keys = [f"{prefix}:{name}" for name in ("online", "tokens", "addresses", "state")]
        self.state = self.keys[3]
        self.scripts = {
            source: self.client.register_script(source)
            for source in (BEAT, AGAIN, LEAVE, TALLY, SWEEP, DROP, TURN, VISITS)
        }

    @answering()
    def _run(self, source, *arguments):
        return self.scripts[source](keys=self.keys, args=arguments)

    def _run_in_batches(self, source, argument):
        while self._run(source, argument, BATCH) == BATCH:
            pass

    @property
    def window(self):
        """Milliseconds for which a token counts after a beat."""
        return settings.VISITOR_WINDOW * 1000

    @answering()
    def beat(self, token, sequence, address_key, now, visit_weight=0, limit=None):
        """See `Store.beat`."""
        now = milliseconds(now)
        limit = limit or settings.VISITOR_TOKENS_PER_ADDRESS
        answer = self._run(
            *(BEAT, token, f"{sequence:016d}", address_key),
            *(now, now + self.window, limit, visit_weight),
        )
        if answer < 0:
            raise TooManyTokensError
        return bool(answer)

    @answering()
    def beat_again(self, beats, limit=None):
        """See `Store.beat_again`."""
        limit = limit or settings.VISITOR_TOKENS_PER_ADDRESS
        told = (
            f"{token} {sequence:016d} {address_key} {milliseconds(at)}"
            for token, sequence, address_key, at in beats
        )
        return [token.decode() for token in self._run(AGAIN, self.window, limit, *told)]

    def leave(self, token, sequence, now):
        """See `Store.leave`."""
        self._run(LEAVE, token, f"{sequence:016d}", milliseconds(now))

    @answering()
    def tally(self, now, counted_in):
        """See `Store.tally`."""
        now = milliseconds(now)
        until = now + self.window - int(LATE * 1000)
        recent = until - RECENT * 1000, until
        return Tally(*self._run(TALLY, now, *recent, first_beyond(counted_in) or ""))

    def sweep(self, now):
        """See `Store.sweep`."""
        self._run_in_batches(SWEEP, milliseconds(now) - self.window)

    def drop(self, one_in):
        """See `Store.drop`."""
        if beyond := first_beyond(one_in):
            self._run_in_batches(DROP, beyond)

    def take_turn(self, now, seconds):
        """See `Store.take_turn`."""
        now = milliseconds(now)
        return bool(self._run(TURN, now, now - seconds * 1000))

    @answering()
    def pace(self):
        """See `Store.pace`."""
        kept = self.client.hmget(self.state, "one_in", "counted_in", "changed_at")
        if None in kept:
            return None
        one_in, counted_in, changed_at = map(int, kept)
        moment = datetime.fromtimestamp(changed_at / 1000, UTC)
        return Pace(settings.VISITOR_BEAT_INTERVAL, moment, one_in, counted_in)

    @answering()
    def keep_pace(self, pace):
        """See `Store.keep_pace`."""
        kept = {
            "one_in": pace.one_in,
            "counted_in": pace.counted_in,
            "changed_at": milliseconds(pace.changed_at),
        }
        self.client.hset(self.state, mapping=kept)

    @answering()
    def add_visits(self, visits):
        """See `Store.add_visits`."""
        self.client.hincrby(self.state, "visits", visits)

    @answering()
    def take_visits(self):
        """See `Store.take_visits`."""
        return int(self._run(VISITS))
