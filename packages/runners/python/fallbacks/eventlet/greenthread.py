"""Threads that give back what their function returned."""
import threading
import time

__all__ = ["GreenThread", "kill", "sleep", "spawn", "spawn_after", "spawn_n"]


class GreenThread:
    def __init__(self, function, args, kwargs, delay=0):
        self._result = None
        self._error = None
        self._canceled = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(function, args, kwargs, delay), daemon=True)
        self._links = []
        self._thread.start()

    def wait(self):
        """What the function returned, or the error it raised."""
        self._thread.join()
        if self._error is not None:
            raise self._error
        return self._result

    def link(self, function, *args, **kwargs):
        self._links.append((function, args, kwargs))
        if not self._thread.is_alive():
            function(self, *args, **kwargs)

    def cancel(self, *throw_args):
        """Has an effect only before it has started."""
        self._canceled.set()

    def kill(self, *throw_args):
        """A thread of the system cannot be ended from outside: it ends with the process."""
        self._canceled.set()

    @property
    def dead(self):
        return not self._thread.is_alive()

    def __bool__(self):
        return self._thread.is_alive()

    def _run(self, function, args, kwargs, delay):
        if self._canceled.wait(delay) if delay else self._canceled.is_set():
            return
        try:
            self._result = function(*args, **kwargs)
        except BaseException as error:
            self._error = error
            if not self._links and not isinstance(error, SystemExit):
                threading.excepthook(threading.ExceptHookArgs((type(error), error, error.__traceback__, self._thread)))
        for link, link_args, link_kwargs in list(self._links):
            link(self, *link_args, **link_kwargs)


def spawn(function, *args, **kwargs):
    return GreenThread(function, args, kwargs)


def spawn_n(function, *args, **kwargs):
    return GreenThread(function, args, kwargs)


def spawn_after(seconds, function, *args, **kwargs):
    return GreenThread(function, args, kwargs, delay=seconds)


def kill(thread, *throw_args):
    thread.kill(*throw_args)


def sleep(seconds=0):
    time.sleep(seconds)
