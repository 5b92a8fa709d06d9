"""Work in the background: asked for by a page, done once by one worker, ended with a sentence."""

import datetime
import signal
import time
from collections import Counter

import pytest
from django.db import OperationalError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from sistercities import jobs
from sistercities.jobs import kinds, pulse, working
from sistercities.jobs.working import run, take, work_off
from sistercities.management.commands import run_jobs
from sistercities.models import Job
from tests.factories import UserFactory
from tests.processes import command, python
from tests.threads import at_once

State = Job.State
MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _own_kinds(monkeypatch):
    """What a test adds is gone after it."""
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))


def a_kind(work, *, whole: bool = False) -> str:
    name = f"test-{len(kinds._kinds)}"
    jobs.kind(name, "Testing", whole=whole)(work)
    return name


def works(**options):
    return work_off(quietly=True, **options)


@pytest.mark.django_db
def test_a_job_is_done_with_its_arguments_in_the_language_of_who_asked():
    asked = UserFactory()

    def greet(work, name):
        work.begin("Greeting", 3)
        assert work.by == asked
        return f"{name}: {_('Cities')}"

    with override("es"):
        job = jobs.queue(a_kind(greet), about="sky-1", by=asked, name="Ana")
    assert works() == {"done": 1}
    job.refresh_from_db()
    assert (job.state, job.message) == (State.DONE, "Ana: Ciudades")
    assert job.started_at <= job.finished_at
    assert works().total() == 0


@pytest.mark.django_db
def test_the_one_that_waits_longest_is_first():
    order = []
    kind = a_kind(lambda work, n: order.append(n))
    for n in range(3):
        jobs.queue(kind, n=n)
    works()
    assert order == [0, 1, 2]


@pytest.mark.django_db
def test_of_two_jobs_about_one_object_the_second_is_not_taken_on_while_the_first_is_open():
    kind = a_kind(lambda work: "")
    first = jobs.queue(kind, about="sky-1")
    with pytest.raises(jobs.Busy) as busy:
        jobs.queue(kind, about="sky-1")
    assert busy.value.job == first
    jobs.queue(kind, about="sky-2")
    jobs.queue(kind), jobs.queue(kind)
    works()
    again = jobs.queue(kind, about="sky-1")
    assert jobs.latest("sky-1") == again


def test_nobody_asks_for_what_nobody_does():
    with pytest.raises(ValueError):
        jobs.queue("unheard of")


@pytest.mark.django_db
def test_a_refusal_is_its_sentence_and_an_accident_one_that_names_the_job(caplog):
    def refuse(work):
        raise jobs.Refused("The sky is cloudy.")

    job = jobs.queue(a_kind(refuse))
    assert works() == {"failed": 1}
    job.refresh_from_db()
    assert (job.state, job.message) == (State.FAILED, "The sky is cloudy.")

    broken = jobs.queue(a_kind(lambda work: 1 / 0))
    with override("en"):
        assert works() == {"failed": 1}
    broken.refresh_from_db()
    assert broken.state == State.FAILED
    assert str(broken.pk) in broken.message
    assert "ZeroDivisionError" in caplog.text
    assert "Zero" not in broken.message


@pytest.mark.django_db
def test_a_kind_that_this_version_does_not_know_fails_with_a_sentence():
    job = Job.objects.create(kind="of tomorrow", language="en")
    works()
    job.refresh_from_db()
    assert (job.state, job.message) == (
        State.FAILED,
        "This version of the registry does not know such work.",
    )


@pytest.mark.django_db
def test_whole_work_that_fails_leaves_nothing_behind():
    def half(work):
        Job.objects.create(kind="half done", language="en", state=State.DONE)
        raise jobs.Refused("No.")

    jobs.queue(a_kind(half, whole=True))
    works()
    assert not Job.objects.filter(kind="half done").exists()


@pytest.mark.django_db
def test_a_job_that_was_called_off_is_not_begun_and_whole_work_under_way_is_taken_back():
    kind = a_kind(lambda work: "")
    job = jobs.queue(kind, about="sky-1")
    assert jobs.call_off(job)
    assert not jobs.call_off(job)
    assert works().total() == 0

    def slow(work):
        Job.objects.create(kind="half done", language="en", state=State.DONE)
        jobs.call_off(work.job)

    jobs.queue(a_kind(slow, whole=True))
    assert works() == {"left": 1}
    assert not Job.objects.filter(kind="half done").exists()


@pytest.mark.django_db
def test_work_whose_worker_fell_silent_is_begun_anew_once_and_then_fails_with_a_sentence():
    job = jobs.queue(a_kind(lambda work: "Late."))
    now = timezone.now()
    assert take(now) == job
    assert take(now + Job.LAPSE / 2) is None, "perhaps the worker lives"
    again = take(now + 2 * Job.LAPSE)
    assert (again, again.attempts) == (job, 2)
    assert take(now + 4 * Job.LAPSE) is None
    job.refresh_from_db()
    assert job.state == State.FAILED
    assert job.message


@pytest.mark.django_db
def test_a_worker_that_comes_back_late_changes_nothing_of_a_job_that_another_took():
    said = []
    kind = a_kind(lambda work: said.append(work.job.taken_by) or "Mine.", whole=True)
    jobs.queue(kind)
    now = timezone.now()
    late = take(now)
    second = take(now + 2 * Job.LAPSE)
    assert run(late, quietly=True) == "left"
    assert run(second, quietly=True) == "done"
    assert Job.objects.get().taken_by == second.taken_by


@pytest.mark.django_db
def test_when_the_database_does_not_answer_the_job_waits_again_once(monkeypatch):
    tries = []

    def locked(work):
        tries.append(1)
        raise OperationalError("database is locked")

    monkeypatch.setattr(working, "close_old_connections", lambda: None)
    job = jobs.queue(a_kind(locked))
    assert works() == {"left": 1, "failed": 1}
    job.refresh_from_db()
    assert (len(tries), job.state) == (2, State.FAILED)


@pytest.mark.django_db
def test_what_ended_long_ago_is_forgotten_and_what_waits_is_not():
    kind = a_kind(lambda work: "")
    jobs.queue(kind)
    works()
    Job.objects.update(finished_at=timezone.now() - Job.KEPT - MINUTE)
    waits = jobs.queue(kind)
    Job.objects.filter(pk=waits.pk).update(queued_at=timezone.now() - 2 * Job.KEPT)
    assert (Job.purge(), Job.purge()) == (1, 0)
    assert Job.objects.get() == waits


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_do_each_job_once():
    done = []
    kind = a_kind(lambda work, n: done.append(n))
    for n in range(12):
        jobs.queue(kind, n=n)
    fates = at_once(2, lambda _n: work_off(quietly=True))
    assert sorted(done) == list(range(12))
    assert sum(fate["done"] for fate in fates) == 12


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_at_once_get_one_job():
    kind = a_kind(lambda work: "")
    asked = at_once(2, lambda _n: jobs.queue(kind, about="sky-1"))
    assert sorted(type(one).__name__ for one in asked) == ["Busy", "Job"]
    assert Job.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_others_see_how_far_it_is_and_that_it_lives(monkeypatch):
    monkeypatch.setattr(pulse, "BEAT", 0.02)
    seen = []

    def slow(work):
        work.begin("Stars", 400)
        work.at(17)
        until = time.monotonic() + 5
        while not seen and time.monotonic() < until:
            job = Job.objects.get()
            if job.done:
                seen.append((job.what, job.done, job.total, job.state))
            time.sleep(0.01)

    jobs.queue(a_kind(slow))
    assert work_off() == {"done": 1}
    assert seen == [("Stars", 17, 400, State.RUNNING)]


@pytest.mark.django_db(transaction=True)
def test_work_that_is_called_off_meanwhile_stops_at_its_next_step(monkeypatch):
    monkeypatch.setattr(pulse, "BEAT", 0.02)

    def endless(work):
        work.begin("Stars", 400)
        jobs.call_off(work.job)
        until = time.monotonic() + 5
        while time.monotonic() < until:
            time.sleep(0.01)
            work.at(1)

    jobs.queue(a_kind(endless))
    assert work_off() == {"left": 1}
    assert Job.objects.get().state == State.CANCELLED


DIES = """
import os, signal, django
django.setup()
from sistercities import jobs
from sistercities.jobs.working import work_off
from sistercities.models import Job

@jobs.kind("dies", "Testing", whole=True)
def work(work):
    Job.objects.create(kind="half done", language="en", state="done")
    os.kill(os.getpid(), signal.SIGKILL)

work_off()
"""


@pytest.mark.django_db(transaction=True)
def test_of_a_worker_that_is_killed_nothing_stays_and_the_next_one_does_its_job():
    kind = "dies"
    jobs.kind(kind, "Testing", whole=True)(lambda work: "Here.")
    job = jobs.queue(kind)
    killed = python("-c", DIES)
    killed.communicate(timeout=60)
    assert killed.returncode == -signal.SIGKILL
    job.refresh_from_db()
    assert job.state == State.RUNNING
    assert not Job.objects.filter(kind="half done").exists()
    assert work_off().total() == 0, "perhaps it lives"
    Job.objects.update(heartbeat_at=timezone.now() - 2 * Job.LAPSE)
    assert work_off() == {"done": 1}
    job.refresh_from_db()
    assert (job.state, job.message, job.attempts) == (State.DONE, "Here.", 2)


@pytest.mark.django_db(transaction=True)
def test_the_command_does_what_waits_and_says_so():
    Job.objects.create(kind="of tomorrow", language="en")
    said, _errors = command("run_jobs").communicate(timeout=60)
    assert said == "Done 0, failed 1, left 0; 0 wait.\n"


@pytest.mark.django_db(transaction=True)
def test_while_another_worker_writes_for_long_the_next_turn_comes_later(monkeypatch):
    """SQLite lets in one writer: whoever waits too long for it has nothing to do, not a failure."""

    def refuse(now):
        raise OperationalError("database is locked")

    jobs.queue(a_kind(lambda work: ""))
    monkeypatch.setattr(working, "take", refuse)
    assert work_off().total() == 0
    assert Job.objects.get().state == State.WAITING


@pytest.mark.django_db
def test_a_worker_that_has_had_enough_leaves_the_rest_for_its_next_turn():
    kind = a_kind(lambda work: "")
    for _n in range(3):
        jobs.queue(kind)
    assert works(is_enough=lambda: True) == {"done": 1}
    assert works() == {"done": 2}


@pytest.mark.django_db
def test_a_worker_that_holds_much_memory_starts_afresh_after_its_job(monkeypatch, capsys):
    started = []
    monkeypatch.setattr(run_jobs, "start_afresh", lambda: started.append(1))
    monkeypatch.setattr(run_jobs, "work_off", lambda **options: Counter(done=1))
    for heavy, every, times in ((False, 2, 0), (True, None, 0), (True, 2, 1)):
        monkeypatch.setattr(run_jobs, "is_heavy", lambda heavy=heavy: heavy)
        run_jobs.Command().turn({"every": every})
        assert len(started) == times
    assert run_jobs.HEAVY > 100 * 1024 * 1024, "a fresh worker is not heavy"
