"""A registry on this machine, for one person to look at: `python -m sistercities.local`.

This is what `make run` starts. It prepares everything (see the command `prepare`), then becomes
gunicorn with the same settings as a public server, less HTTPS. State lies under var/.
"""

import os
import secrets
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
HOST = "127.0.0.1"
SENDER = ("send_queued_mail", "--every", "10", "--with-parent")
WORKER = ("run_jobs", "--every", "2", "--with-parent")


def kept_secret(path: Path) -> str:
    """The secret key of this machine's registry, made once and readable by its owner only."""
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
    return path.read_text()


def environment(port: int) -> dict[str, str]:
    """Environment variables for a registry at this address; those that are set already win."""
    return {
        "SECRET_KEY": os.environ.get("SECRET_KEY") or kept_secret(VAR / "secret_key"),
        "DEBUG": "false",
        "HTTPS": "false",
        "DEMO": "true",
        "EMAIL_URL": "dummymail:",
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "SITE_URL": f"http://localhost:{port}",
        "DATABASE_URL": f"sqlite:///{VAR / 'db.sqlite3'}",
        "PORT": str(port),
        "DJANGO_SETTINGS_MODULE": "sistercities.settings",
        **os.environ,
    }


def port_wanted() -> int:
    """PORT, or 8000; leaves with a sentence when it is no port or somebody listens there."""
    text = os.environ.get("PORT") or "8000"
    if not (text.isdecimal() and 0 < int(text) < 65536):
        sys.exit(f"PORT is {text!r}, but a port is a number from 1 to 65535.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, int(text)))
        except OSError as error:
            sys.exit(
                f"Port {text} cannot be used ({error.strerror}). "
                f"Choose another one: make run PORT={min(int(text) + 1, 65535)}"
            )
    return int(text)


def server_command(port: int) -> list[str]:
    """Gunicorn's command line; two processes of four threads unless WEB_CONCURRENCY says so."""
    from gunicorn.config import make_settings

    command = [sys.executable, "-m", "gunicorn", "sistercities.wsgi", "--bind", f"{HOST}:{port}"]
    command += ["--worker-class", "gthread", "--threads", "4", "--preload"]
    command += ["--log-level", "warning"]
    command += ["--workers", os.environ.get("WEB_CONCURRENCY") or "2"]
    if "control_socket_disable" in make_settings():
        command.append("--no-control-socket")
    return command


def code() -> None:
    """Print the second step of the demo's office logins: what `make code` starts."""
    os.chdir(ROOT)
    command = [sys.executable, "manage.py", "demo_code"]
    sys.exit(subprocess.run(command, env=environment(8000), check=False).returncode)


def main() -> None:
    """Prepare, say where the registry is, and serve until interrupted."""
    port = port_wanted()
    os.chdir(ROOT)
    env = environment(port)
    prepare = [sys.executable, "manage.py", "prepare", "--demo"]
    if failed := subprocess.run(prepare, env=env, check=False).returncode:
        sys.exit(failed)
    print(f"The registry is at http://localhost:{port}/ (Ctrl-C ends it).")
    logins = VAR / "demo_logins.txt"
    if logins.exists():
        print(logins.read_text().rstrip())
    print(f"Its mails can be read at http://localhost:{port}/en/mail/; none leaves this machine.")
    sys.stdout.flush()
    for beside in (SENDER, WORKER):
        subprocess.Popen([sys.executable, "manage.py", *beside], env=env)
    os.execve(sys.executable, server_command(port), env)


if __name__ == "__main__":
    code() if sys.argv[1:] == ["code"] else main()
