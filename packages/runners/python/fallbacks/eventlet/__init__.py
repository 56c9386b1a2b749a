"""
The part of eventlet that sensors use, on threads of the system: for packs whose virtualenv has none.

Code that waits in one thread lets the others run here too, so nothing has to be patched.
"""
import time

from eventlet.greenpool import GreenPile, GreenPool
from eventlet.greenthread import GreenThread, kill, spawn, spawn_after, spawn_n
from eventlet.queue import Queue
from eventlet.semaphore import Semaphore
from eventlet.timeout import Timeout

__all__ = [
    "GreenPile",
    "GreenPool",
    "GreenThread",
    "Queue",
    "Semaphore",
    "Timeout",
    "kill",
    "monkey_patch",
    "sleep",
    "spawn",
    "spawn_after",
    "spawn_n",
]

__version__ = "0.0.0"


def sleep(seconds=0):
    time.sleep(seconds)


def monkey_patch(**on):
    return None
