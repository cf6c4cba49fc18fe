"""Reading in a process of its own: whatever comes of it, an answer comes, and nothing is left."""

import asyncio
import multiprocessing
from contextlib import suppress

import pytest

from allocator.errors import InvalidDocument
from service.reading.reader import Reader, ReadingBroke, ReadingLimits, TooManyReadings
from tests.service.reading import hungry

ANA, BOR = ("north", "ana"), ("north", "bor")


def read(work, *given, **limits):
    """What a reading comes to, by a reader with these limits."""
    reader = Reader(ReadingLimits(**limits))
    return asyncio.run(reader.read(ANA, work, *given))


def test_what_is_made_comes_back():
    assert read(hungry.eats, 10, memory=64 << 20) == 10 << 20
    assert read(hungry.answers_at_length) == ["x" * 1000] * 10


def test_faults_come_back_as_they_are():
    with pytest.raises(InvalidDocument) as error:
        read(hungry.faulty)
    (fault,) = error.value.faults
    assert (fault.path, fault.code, fault.line) == ("a.b", "not_text", 7)


@pytest.mark.parametrize(
    ("work", "given", "limits", "said"),
    [
        (hungry.eats, [65], {"memory": 64 << 20}, "more than 64 MiB of memory."),
        (hungry.hangs, [], {"seconds": 0.2}, "more than 0.2 s."),
        (hungry.dies, [], {}, "more than 2,048 MiB of memory."),
    ],
)
def test_what_takes_too_much_is_a_document_that_is_too_large(work, given, limits, said):
    with pytest.raises(InvalidDocument) as error:
        read(work, *given, **limits)
    (fault,) = error.value.faults
    assert (fault.code, fault.message) == ("too_large", f"Reading the document takes {said}")


def test_a_defect_is_reported_as_one_and_not_as_a_fault_of_the_document():
    with pytest.raises(ReadingBroke, match=r"ZeroDivisionError: a defect of ours at .*breaks"):
        read(hungry.breaks)


@pytest.mark.parametrize("work", [hungry.dies, hungry.breaks, hungry.answers_at_length])
def test_no_process_is_left(work):
    before = set(multiprocessing.active_children())
    with suppress(InvalidDocument, ReadingBroke):
        read(work)
    assert set(multiprocessing.active_children()) == before


def test_a_caller_has_so_many_waiting_and_holds_up_nobody_else(tmp_path):
    async def crowd():
        reader, sign = Reader(ReadingLimits(waiting=1, at_a_time=2)), tmp_path / "go on"
        first = asyncio.ensure_future(reader.read(ANA, hungry.waits_for, str(sign)))
        await asyncio.sleep(0)  # it has begun to wait
        with pytest.raises(TooManyReadings, match="1 of your documents"):
            await reader.read(ANA, hungry.answers_at_length)
        assert await reader.read(BOR, hungry.eats, 1) == 1 << 20
        sign.touch()
        assert await first
        assert await reader.read(ANA, hungry.eats, 1) == 1 << 20

    asyncio.run(crowd())
