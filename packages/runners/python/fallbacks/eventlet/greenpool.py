"""A bounded number of threads."""
import threading

from eventlet.greenthread import spawn

__all__ = ["GreenPile", "GreenPool"]


class GreenPool:
    def __init__(self, size=1000):
        self.size = size
        self._free = threading.BoundedSemaphore(size)
        self._running = set()
        self._lock = threading.Lock()

    def spawn(self, function, *args, **kwargs):
        """Waits while `size` threads run."""
        self._free.acquire()
        thread = spawn(self._run, function, args, kwargs)
        with self._lock:
            self._running.add(thread)
            self._running = {item for item in self._running if item}
        return thread

    spawn_n = spawn

    def free(self):
        return self.size - self.running()

    def running(self):
        with self._lock:
            return sum(1 for item in self._running if item)

    def waiting(self):
        return 0

    def waitall(self):
        with self._lock:
            running = list(self._running)
        for thread in running:
            thread._thread.join()

    def imap(self, function, *iterables):
        threads = [self.spawn(function, *items) for items in zip(*iterables)]
        return (thread.wait() for thread in threads)

    def starmap(self, function, iterable):
        threads = [self.spawn(function, *items) for items in iterable]
        return (thread.wait() for thread in threads)

    def _run(self, function, args, kwargs):
        try:
            return function(*args, **kwargs)
        finally:
            self._free.release()


class GreenPile:
    def __init__(self, size_or_pool=1000):
        self.pool = size_or_pool if isinstance(size_or_pool, GreenPool) else GreenPool(size_or_pool)
        self._threads = []

    def spawn(self, function, *args, **kwargs):
        self._threads.append(self.pool.spawn(function, *args, **kwargs))

    def __iter__(self):
        return self

    def __next__(self):
        if not self._threads:
            raise StopIteration
        return self._threads.pop(0).wait()
