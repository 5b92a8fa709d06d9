"""What `make run` decides before anything is served."""

import socket

import pytest

from sistercities import local


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch, tmp_path):
    for name in ("PORT", "SECRET_KEY", "DATABASE_URL", "HTTPS", "DEBUG", "WEB_CONCURRENCY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(local, "VAR", tmp_path / "var")


def test_a_taken_port_ends_with_a_sentence(monkeypatch):
    with socket.socket() as taken:
        taken.bind((local.HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        monkeypatch.setenv("PORT", str(port))
        with pytest.raises(SystemExit) as left:
            local.port_wanted()
    assert left.value.code == (
        f"Port {port} cannot be used (Address already in use). "
        f"Choose another one: make run PORT={min(port + 1, 65535)}"
    )


@pytest.mark.parametrize("text", ["eighty", "0", "65536", "-1", "8000 "])
def test_a_port_that_is_none_ends_with_a_sentence(monkeypatch, text):
    monkeypatch.setenv("PORT", text)
    with pytest.raises(SystemExit) as left:
        local.port_wanted()
    assert left.value.code == f"PORT is {text!r}, but a port is a number from 1 to 65535."


def test_the_secret_is_made_once_and_for_its_owner_only():
    first = local.environment(8000)["SECRET_KEY"]
    assert len(first) >= 50
    assert local.environment(8000)["SECRET_KEY"] == first
    assert (local.VAR / "secret_key").stat().st_mode & 0o777 == 0o600


def test_a_variable_that_is_set_already_wins(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://somewhere/registry")
    monkeypatch.setenv("SECRET_KEY", "mine")
    env = local.environment(8123)
    assert (env["DATABASE_URL"], env["SECRET_KEY"]) == ("postgres://somewhere/registry", "mine")
    assert (env["DEBUG"], env["HTTPS"], env["PORT"]) == ("false", "false", "8123")
    assert not (local.VAR / "secret_key").exists()


def test_the_server_opens_no_control_socket():
    assert "--no-control-socket" in local.server_command(8000)
