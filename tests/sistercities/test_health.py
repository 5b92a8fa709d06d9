"""What the machine that watches the site is told."""

import logging
import time
from collections import namedtuple

import pytest
from django.db import OperationalError, connection
from django.urls import reverse

from sistercities import health

Usage = namedtuple("Usage", "total used free")


def test_healthz_answers_without_asking_the_database(client):
    response = client.get(reverse("healthz"))
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert response["Content-Type"] == "text/plain; charset=utf-8"


@pytest.mark.django_db
def test_readyz_is_ready_when_database_tables_and_disk_are_in_order(client):
    response = client.get(reverse("readyz"))
    assert (response.status_code, response.content) == (200, b"ready\n")


@pytest.mark.django_db
def test_readyz_answers_within_50_ms_once_warm(client):
    client.get(reverse("readyz"))
    took = []
    for _attempt in range(5):
        began = time.perf_counter()
        client.get(reverse("readyz"))
        took.append(time.perf_counter() - began)
    assert min(took) < 0.05


@pytest.mark.parametrize("name", ["healthz", "readyz"])
@pytest.mark.django_db
def test_no_cache_keeps_the_answer(client, name):
    assert "no-store" in client.get(reverse(name))["Cache-Control"]


@pytest.mark.parametrize("name", ["healthz", "readyz"])
def test_only_reading_is_allowed(client, name):
    assert client.post(reverse(name)).status_code == 405


@pytest.mark.django_db
def test_readyz_is_not_ready_when_the_database_is_gone(client, monkeypatch, caplog):
    def refuse():
        raise OperationalError("the server closed the connection")

    monkeypatch.setattr(connection, "cursor", refuse)
    with caplog.at_level(logging.ERROR):
        response = client.get(reverse("readyz"))
    assert (response.status_code, response.content) == (503, b"not ready\n")
    assert "Not ready: database_answers is false." in caplog.messages


@pytest.mark.django_db
def test_readyz_is_not_ready_when_a_migration_waits(client):
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM django_migrations WHERE app = 'sessions' AND name = '0001_initial'"
        )
    response = client.get(reverse("readyz"))
    assert (response.status_code, response.content) == (503, b"not ready\n")


@pytest.mark.parametrize(("free", "status"), [(4, 503), (5, 200)])
@pytest.mark.django_db
def test_readyz_wants_five_percent_of_the_disk_free(client, monkeypatch, free, status):
    monkeypatch.setattr(health.shutil, "disk_usage", lambda _path: Usage(100, 100 - free, free))
    assert client.get(reverse("readyz")).status_code == status
