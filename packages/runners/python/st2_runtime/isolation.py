"""Makes a process the process of one action: its environment, its module path, its random numbers, its name."""
import functools
import io
import os
import random
import sys
import sysconfig
import time

from . import FALLBACKS_FOLDER, RUNTIME_FOLDER, STARTUP_MODULES, proc


@functools.lru_cache(maxsize=None)
def site_packages():
    """Where pip puts packages for this interpreter."""
    return sysconfig.get_paths()["platlib"]


def close_descriptors_but(kept):
    for fd in proc.open_descriptors():
        if fd not in kept:
            _close(fd)


def _close(fd):
    try:
        os.close(fd)
    except OSError:
        # The descriptor of the listing itself, closed meanwhile.
        return


def set_environment(variables):
    # Most are what they were: each change is a call of the system's library.
    for name in [name for name in os.environ if name not in variables]:
        del os.environ[name]
    for name, value in variables.items():
        if os.environ.get(name) != value:
            os.environ[name] = value
    time.tzset()


def set_module_path(paths):
    """
    `paths`: pack_lib, virtualenv, actions_lib (or None each), inherited (the PYTHONPATH of the server).

    The platform's own modules come last: what a pack's virtualenv holds wins.
    """
    python_path = _python_path(paths)
    rest = [path for path in sys.path if path != RUNTIME_FOLDER and path not in python_path]
    sys.path[:] = _once([site_packages()] + python_path + rest + [RUNTIME_FOLDER, FALLBACKS_FOLDER])
    os.environ["PYTHONPATH"] = os.pathsep.join(python_path + [RUNTIME_FOLDER])
    for folder in (paths["pack_lib"], paths["actions_lib"]):
        if folder is not None:
            _unload_shadowed(folder)


def reseed():
    random.seed()


def standard_streams():
    """UTF-8 whatever the locale: what cannot be encoded is kept as it came, or shown escaped, and never fails a print."""
    sys.stdout = sys.__stdout__ = _unbuffered(1, "<stdout>", "surrogateescape")
    sys.stderr = sys.__stderr__ = _unbuffered(2, "<stderr>", "backslashreplace")


def _unbuffered(fd, name, errors):
    raw = io.FileIO(fd, "wb", closefd=False)
    raw.name = name
    return io.TextIOWrapper(raw, encoding="utf-8", errors=errors, write_through=True)


def _python_path(paths):
    virtualenv = paths["virtualenv"]
    version = "python%d.%d" % sys.version_info[:2]
    entries = [
        paths["pack_lib"],
        virtualenv and os.path.join(virtualenv, "lib", version),
        virtualenv and os.path.join(virtualenv, "lib", version, "site-packages"),
        paths["actions_lib"],
    ]
    return [entry for entry in entries + (paths["inherited"] or "").split(os.pathsep) if entry]


def _once(entries):
    return list(dict.fromkeys(entries))


def _unload_shadowed(folder):
    """
    A pack may bring a module of the name of one that is loaded already: its own code must get its own. Who imported the
    other before keeps it.
    """
    try:
        names = {entry.split(".")[0] for entry in os.listdir(folder)}
    except (FileNotFoundError, NotADirectoryError):
        return
    for name in (names & set(sys.modules)) - STARTUP_MODULES:
        if name.startswith("st2"):
            continue
        for loaded in [module for module in sys.modules if module == name or module.startswith(name + ".")]:
            del sys.modules[loaded]


class ProcessMarker:
    """
    The variable by which the runner host recognises what an action started, as /proc/<pid>/environ shows it.

    A forked process shows the environment its parent was started with. This writes the variable anew, with the execution
    in it, in place of a variable that the runner host made for that, and spoils the name of the old one. Programs that
    the action starts get it from their environment.
    """

    NAME = b"ST2_RUNNER_SESSION="
    ROOM = b"ST2_RUNNER_ROOM="

    def __init__(self):
        self._old = self._place = None
        self._room = 0
        try:
            with open("/proc/self/environ", "rb") as file:
                block = b"\0" + file.read()
        except OSError:
            return
        old, place = block.find(b"\0" + self.NAME), block.find(b"\0" + self.ROOM)
        if old == -1 or place == -1:
            return
        start = int(proc.stat_fields("self")[_ENV_START])
        self._old, self._place = start + old, start + place
        self._room = block.find(b"\0", place + 1) - place

    def write(self, marker):
        text = self.NAME + marker.encode("utf-8") + b"\0"
        if self._place is None or len(text) > self._room:
            return
        try:
            with open("/proc/self/mem", "r+b", buffering=0) as memory:
                memory.seek(self._place)
                memory.write(text)
                memory.seek(self._old)
                memory.write(b"-")
        except OSError:
            # Systems may forbid it. The session still names all that has not left it.
            return


#: Place of `env_start` among the fields that `proc.stat_fields` gives.
_ENV_START = 47
