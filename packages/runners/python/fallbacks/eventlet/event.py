"""A value that others wait for."""
import threading

__all__ = ["Event"]


class Event:
    def __init__(self):
        self._done = threading.Event()
        self._result = None
        self._error = None

    def ready(self):
        return self._done.is_set()

    def wait(self, timeout=None):
        if not self._done.wait(timeout):
            return None
        if self._error is not None:
            raise self._error
        return self._result

    def send(self, result=None, exc=None):
        self._result, self._error = result, exc
        self._done.set()

    def send_exception(self, error, *args):
        self.send(exc=error if isinstance(error, BaseException) else error(*args))

    def reset(self):
        self._done.clear()
