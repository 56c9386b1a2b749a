"""
The loop of the warm parent.

The runner host asks for a child (`fork`); the child waits on its request pipe until the host has an action for it. The
host opens its ends of the child's pipes through /proc/<pid>/fd, says `opened`, and from then on nobody but the two holds
them. When a child ends, its exit code is told (`exit`). When the control pipe closes the host is gone: every child is
killed with all that its session holds. Until it is `warm` the host asks for no more children than it needs at once.
"""
import gc
import importlib
import os
import signal
import select
import sys

from . import action, ending, isolation, proc
from .lines import LineReader, write_line

#: What actions commonly need, loaded once instead of in each of them. Only of the standard library.
PRELOADED = (
    "abc argparse ast base64 calendar collections concurrent.futures contextlib copy csv ctypes dataclasses datetime decimal "
    "difflib email.message email.mime.text enum fnmatch functools getpass glob gzip hashlib hmac html http.client "
    "http.cookiejar importlib.util inspect io ipaddress itertools json logging logging.handlers math mimetypes "
    "multiprocessing operator os pathlib pickle platform pprint queue random re secrets select shlex shutil signal smtplib "
    "socket ssl stat string struct subprocess tempfile textwrap threading time traceback types typing unicodedata "
    "urllib.error urllib.parse urllib.request uuid warnings weakref xml.etree.ElementTree zipfile zlib"
)


def serve(control_fd):
    """Returns in a forked child, with its work; in the server it returns None when the host is gone."""
    return _ForkServer(control_fd, isolation.ProcessMarker()).run()


def _preload(name):
    try:
        importlib.import_module(name)
    except ImportError:
        # A Python built without it (ssl, ctypes): an action that needs it says so itself.
        return


class _Child:
    """The pipes of a child that the host has not opened yet."""

    def __init__(self):
        self.request, self.host_request = os.pipe()
        self.host_result, self.result = os.pipe()
        self.host_stdout, self.stdout = os.pipe()
        self.host_stderr, self.stderr = os.pipe()

    def close_own_ends(self):
        for fd in (self.request, self.result, self.stdout, self.stderr):
            os.close(fd)

    def close_host_ends(self):
        for fd in self.host_ends().values():
            os.close(fd)

    def host_ends(self):
        return {
            "request": self.host_request,
            "result": self.host_result,
            "stdout": self.host_stdout,
            "stderr": self.host_stderr,
        }


class _ForkServer:
    def __init__(self, control_fd, marker):
        self._control = control_fd
        self._marker = marker
        self._wake_read, self._wake_write = os.pipe()
        #: pid → _Child while the host has not opened the pipes, then None.
        self._children = {}

    def run(self):
        os.set_inheritable(self._control, False)
        os.set_blocking(self._wake_read, False)
        os.set_blocking(self._wake_write, False)
        # An action that signals its parent, or a terminal that signals all, ends nothing here.
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self._wake_write, warn_on_full_buffer=False)
        self._say({"type": "ready", "version": list(sys.version_info[:3]), "site_packages": isolation.site_packages()})
        reader = LineReader(self._control)
        # The first action is not to wait for what others may need: modules are loaded when there is nothing else to do.
        cold = PRELOADED.split()
        while True:
            ready, _, _ = select.select([self._control, self._wake_read], [], [], 0 if cold else None)
            if not ready and cold:
                _preload(cold.pop(0))
                if not cold:
                    self._warmed_up()
            if self._wake_read in ready:
                self._reap()
            if self._control in ready:
                messages = reader.read()
                if messages is None:
                    self._kill_all()
                    return None
                for message in messages:
                    job = self._handle(message)
                    if job is not None:
                        return job

    def _warmed_up(self):
        # What is here now lives as long as the server: children need neither look at it nor copy it.
        gc.collect()
        gc.freeze()
        self._say({"type": "warm"})

    def _handle(self, message):
        kind = message["type"]
        if kind == "fork":
            return self._fork()
        if kind == "opened":
            child = self._children.get(message["pid"])
            if child is not None:
                child.close_host_ends()
                self._children[message["pid"]] = None
            return None
        raise ValueError("unknown message %r" % kind)

    def _fork(self):
        child = _Child()
        pid = os.fork()
        if pid == 0:
            return self._become(child)
        child.close_own_ends()
        self._children[pid] = child
        self._say({"type": "child", "pid": pid, "fds": child.host_ends()})
        return None

    def _become(self, child):
        """In the child: lets go of all that is the server's."""
        os.setsid()
        signal.set_wakeup_fd(-1)
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD):
            signal.signal(number, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        os.dup2(child.stdout, 1)
        os.dup2(child.stderr, 2)
        isolation.close_descriptors_but({0, 1, 2, child.request, child.result})
        request, result, marker = child.request, child.result, self._marker
        # From here on: modules of the action's own are those that come later.
        shared = frozenset(sys.modules)
        return lambda: ending.end_after(lambda: action.serve_forked(request, result, marker), shared)

    def _reap(self):
        _drain(self._wake_read)
        while self._children:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            self._forget(pid, status)

    def _forget(self, pid, status):
        child = self._children.pop(pid, None)
        if child is not None:
            child.close_host_ends()
        self._say({"type": "exit", "pid": pid, "code": _exit_code(status)})

    def _say(self, message):
        try:
            write_line(self._control, message)
        except ConnectionError:
            # The host is gone; reading the pipe tells so, and there everything is ended.
            return

    def _kill_all(self):
        for _ in range(2):
            # Twice: a process may fork between the look and the signal.
            for pid in proc.members_of_sessions(set(self._children)):
                _kill(pid)


def _exit_code(status):
    """As subprocess gives it: minus the number of the signal."""
    return -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)


def _drain(fd):
    try:
        while os.read(fd, 512):
            pass
    except BlockingIOError:
        return


def _kill(pid):
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return
