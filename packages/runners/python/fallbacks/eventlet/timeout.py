"""Time limits. Another thread cannot interrupt: the limit is looked at when the block ends."""
import time

__all__ = ["Timeout"]


class Timeout(BaseException):
    def __init__(self, seconds=None, exception=None):
        super().__init__(seconds)
        self.seconds = seconds
        self.exception = exception
        self._ends_at = None if seconds is None else time.monotonic() + seconds

    @property
    def pending(self):
        return self._ends_at is not None

    def start(self):
        self._ends_at = None if self.seconds is None else time.monotonic() + self.seconds

    def cancel(self):
        self._ends_at = None

    close = cancel

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        is_late = self._ends_at is not None and time.monotonic() > self._ends_at
        self.cancel()
        if is_late and kind is None and self.exception is not False:
            raise self if self.exception in (None, True) else self.exception
        return False

    def __str__(self):
        return "%s second%s" % (self.seconds, "" if self.seconds == 1 else "s") if self.seconds is not None else ""
