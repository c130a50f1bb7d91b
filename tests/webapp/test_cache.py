from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from webapp.cache import AnswerCache


def test_the_least_recently_used_answer_goes_first() -> None:
    cache = AnswerCache(most_bytes=80)
    for name in "abcdefgh":
        cache.put(name, b"x" * 10)
    assert cache.get("a") is not None
    cache.put("i", b"y" * 10)
    assert cache.get("b") is None
    assert cache.get("a") == b"x" * 10
    assert cache.held == 80


def test_an_answer_that_takes_a_large_share_is_not_kept() -> None:
    cache = AnswerCache(most_bytes=80)
    cache.put("large", b"x" * 11)
    assert cache.get("large") is None
    assert cache.held == 0


def test_the_same_key_is_counted_once() -> None:
    cache = AnswerCache(most_bytes=80)
    for size in (3, 9, 5):
        cache.put("a", b"x" * size)
    assert cache.held == 5


def test_many_threads_never_hold_more_than_the_room() -> None:
    cache = AnswerCache(most_bytes=800)

    def work(start: int) -> None:
        for number in range(start, start + 300):
            cache.put(number % 170, b"x" * (number % 60))
            cache.get(number % 50)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(0, 800, 100)))
    assert 0 < cache.held <= 800
