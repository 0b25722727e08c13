"""The project's own Python environment: the folder `.venv`, made from `requirements.lock`.

Standard library only, and no newer grammar than Python 3.7 has, so that an older Python
reaches the message that explains what to install.
"""

import hashlib
import importlib.util
import os
import subprocess
import sys
import venv
from pathlib import Path

OLDEST_PYTHON = (3, 11)
PROJECT_ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = PROJECT_ROOT / ".venv"
LOCK_FILE = PROJECT_ROOT / "requirements.lock"
# Written last, so an interrupted set-up is never taken for a finished one.
FINGERPRINT_FILE = ENVIRONMENT / "made-from.sha256"


def say(message):
    """Print a line at once, so that it stands before the output of a child process."""
    print(message, flush=True)


def environment_python():
    """Path of the Python inside `.venv`, whether or not it exists yet."""
    if os.name == "nt":
        return ENVIRONMENT / "Scripts" / "python.exe"
    return ENVIRONMENT / "bin" / "python"


def ensure_environment():
    """Make `.venv` where it is missing, unfinished or out of date; return its Python.

    Raises SystemExit with a plain message when this Python cannot make it or a step fails.
    """
    if _is_current():
        return environment_python()
    _refuse_unfit_python()
    if ENVIRONMENT.exists():
        say("Making .venv anew: it is unfinished, was moved, or requirements.lock has changed.")
    else:
        say("Making .venv, the project's own Python environment.")
    try:
        venv.EnvBuilder(clear=True, with_pip=True, symlinks=os.name != "nt").create(ENVIRONMENT)
    except (OSError, subprocess.CalledProcessError) as error:
        raise SystemExit(
            f"Could not make {ENVIRONMENT}: {error}\n{_missing_parts_advice()}"
        ) from error
    say("Installing the packages named in requirements.lock (about 300 MB; a minute or two).")
    _pip("install", "--require-hashes", "--only-binary", ":all:", "-r", str(LOCK_FILE))
    say("Installing trainsched itself.")
    _pip("install", "--no-build-isolation", "--no-deps", "-e", str(PROJECT_ROOT))
    # Else the first start takes half a second more, and every one where Python may not write.
    run("-m", "compileall", "-q", str(PROJECT_ROOT / "trainsched"))
    FINGERPRINT_FILE.write_text(_fingerprint(), encoding="ascii")
    say("The environment is ready.")
    return environment_python()


def run(*arguments):
    """Run the environment's Python in the project root; return the exit code."""
    child = subprocess.Popen([str(environment_python()), *arguments], cwd=str(PROJECT_ROOT))
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:
            # Ctrl-C reaches the child too; a plan under way then writes the best it has.
            continue


def _is_current():
    try:
        recorded = FINGERPRINT_FILE.read_text(encoding="ascii")
        # The Python it was made from may have been removed since, so it is started once.
        return recorded == _fingerprint() and run("-c", "") == 0
    except OSError:
        return False


def _fingerprint():
    """SHA-256 of the lock file and the project's place: an environment cannot be moved."""
    # Line endings differ between checkouts and mean nothing here.
    lock = LOCK_FILE.read_bytes().replace(b"\r\n", b"\n")
    return hashlib.sha256(lock + str(PROJECT_ROOT).encode("utf-8")).hexdigest()


def _refuse_unfit_python():
    if sys.version_info < OLDEST_PYTHON:
        wanted = ".".join(str(part) for part in OLDEST_PYTHON)
        found = ".".join(str(part) for part in sys.version_info[:3])
        raise SystemExit(
            f"trainsched needs Python {wanted} or later; this is {found} ({sys.executable}).\n"
            "Install a newer one from https://www.python.org/downloads/ and run this again with it,"
            f" for example: python{wanted} {sys.argv[0]}"
        )
    if importlib.util.find_spec("ensurepip") is None:
        raise SystemExit("This Python cannot make environments.\n" + _missing_parts_advice())


def _missing_parts_advice():
    version = ".".join(str(part) for part in sys.version_info[:2])
    return (
        "Python's environment maker (venv with ensurepip) may be missing or broken."
        f" On Debian or Ubuntu: sudo apt install python{version}-venv."
        " Elsewhere, install Python from https://www.python.org/downloads/."
    )


def _pip(*arguments):
    code = run("-m", "pip", "-qq", "--disable-pip-version-check", *arguments)
    if code != 0:
        raise SystemExit(
            f"Installing stopped (pip's exit code {code}); its message is above.\n"
            "Packages come from the package index that pip is set up to use: check the network or"
            " your proxy, then run this again."
        )
