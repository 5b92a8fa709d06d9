"""The shared cache: JSON only, in the database, each row until its time."""

import base64
import datetime
import json
import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.cache import caches
from django.utils import timezone

from sistercities.jsoncache import Serializer
from sistercities.models import CacheEntry
from tests.threads import at_once

ROOT = Path(__file__).resolve().parents[2]
UNPICKLED: list[str] = []


def explode() -> None:
    UNPICKLED.append("boom")


class Bomb:
    """Leaves a trace when it is unpickled."""

    def __reduce__(self):
        return explode, ()


@pytest.fixture
def kept(settings, db):
    """The cache of a real server."""
    settings.CACHES = {
        "default": {
            "BACKEND": "sistercities.jsoncache.DatabaseCache",
            "LOCATION": CacheEntry._meta.db_table,
        }
    }
    return caches["default"]


@pytest.mark.parametrize(
    "value",
    [0, 1.5, True, None, "", "ñ\x00\ud800", [1763775300.25, 2.0], {"": {"active": 3}}, [[], {}]],
)
def test_a_value_comes_back_as_it_went_in(kept, value):
    kept.set("key", value)
    assert kept.get("key", "nothing") == value
    assert type(kept.get("key")) is type(value)
    assert json.loads(CacheEntry.objects.get().value) == value


@pytest.mark.parametrize(
    "value",
    [(1, 2), {1: 2}, {1}, b"x", object(), datetime.date(2026, 1, 1), float("nan"), [("a", 1)]],
)
def test_what_json_cannot_hold_is_refused_and_nothing_is_kept(kept, value):
    for keep in (kept.set, kept.add):
        with pytest.raises(TypeError):
            keep("key", value)
    assert not CacheEntry.objects.exists()


def test_a_pickled_row_is_never_unpickled_and_counts_as_not_there(kept):
    pickled = base64.b64encode(pickle.dumps(Bomb())).decode()
    until = timezone.now() + datetime.timedelta(hours=1)
    for text in (pickled, pickle.dumps(Bomb(), protocol=0).decode("latin1"), "", "[" * 100_000):
        CacheEntry.objects.update_or_create(
            cache_key=kept.make_key("key"), defaults={"value": text, "expires": until}
        )
        assert kept.get("key", "nothing") == "nothing"
        assert not kept.has_key("key")
        assert kept.get_many(["key"]) == {}
    assert UNPICKLED == []
    pickle.loads(base64.b64decode(pickled))
    assert UNPICKLED == ["boom"], "the trap itself works"
    UNPICKLED.clear()
    kept.set("key", 1)
    assert kept.get("key") == 1


def test_a_value_is_over_at_its_time_and_may_be_added_again(kept):
    assert kept.add("key", 1, timeout=60)
    assert not kept.add("key", 2, timeout=60)
    assert kept.get("key") == 1
    CacheEntry.objects.update(expires=timezone.now() - datetime.timedelta(seconds=1))
    assert kept.get("key") is None
    assert not kept.touch("key", 60)
    assert kept.add("key", 3, timeout=60)
    assert kept.get("key") == 3


def test_values_are_kept_for_ever_kept_longer_dropped_and_cleared(kept):
    kept.set("for-ever", 1, timeout=None)
    assert kept.get("for-ever") == 1
    kept.set("long", 1, timeout=1)
    assert kept.touch("long", 1000)
    assert CacheEntry.objects.get(cache_key=kept.make_key("long")).expires > (
        timezone.now() + datetime.timedelta(seconds=900)
    )
    kept.set("never", 1, timeout=0)
    assert kept.get("never") is None
    assert kept.delete("long")
    assert not kept.delete("long")
    kept.clear()
    assert not CacheEntry.objects.exists()


def test_no_flood_of_other_keys_makes_it_forget_one(kept):
    kept.set("counter", [1.0], timeout=900)
    for number in range(320):
        kept.set(f"flood-{number}", 1)
    assert kept.get("counter") == [1.0]


@pytest.mark.django_db(transaction=True)
def test_of_many_who_add_the_same_key_at_once_one_is_told_so(kept):
    told = at_once(6, lambda _n: caches["default"].add("once", "y", timeout=30))
    assert sorted(told) == [False] * 5 + [True]


def test_redis_keeps_the_same_json():
    assert Serializer().loads(Serializer().dumps([1.5, True])) == [1.5, True]
    assert Serializer().dumps(True) == b"true"
    with pytest.raises(TypeError):
        Serializer().dumps((1,))
    with pytest.raises(ValueError):
        Serializer().loads(pickle.dumps(1))


def started_with(cache_url: str | None) -> subprocess.CompletedProcess:
    more = {} if cache_url is None else {"CACHE_URL": cache_url}
    say = "from django.conf import settings; c = settings.CACHES['default']; "
    say += "print(c['BACKEND'], c.get('OPTIONS'))"
    return subprocess.run(
        [sys.executable, "-c", say],
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "sistercities.settings",
            "SECRET_KEY": "x",
        }
        | more,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("cache_url", "chosen"),
    [
        (None, "sistercities.jsoncache.DatabaseCache None"),
        ("dbcache://another_table", "sistercities.jsoncache.DatabaseCache None"),
        (
            "rediscache://127.0.0.1:6379/0",
            "django.core.cache.backends.redis.RedisCache "
            "{'serializer': 'sistercities.jsoncache.Serializer'}",
        ),
    ],
)
def test_the_default_and_redis_keep_json(cache_url, chosen):
    assert started_with(cache_url).stdout.strip() == chosen


@pytest.mark.parametrize("cache_url", ["filecache:///tmp/x", "pymemcache://127.0.0.1:11211"])
def test_a_cache_that_unpickles_is_refused_at_start(cache_url):
    refused = started_with(cache_url)
    assert refused.returncode != 0
    assert "would unpickle" in refused.stderr
