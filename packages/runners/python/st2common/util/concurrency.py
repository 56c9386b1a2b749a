"""Threads, by the names that upstream has for them."""
import subprocess
import threading
import time

__all__ = ["get_subprocess_module", "sleep", "spawn", "wait"]


def get_subprocess_module():
    return subprocess


def sleep(*args, **kwargs):
    time.sleep(*args, **kwargs)


def spawn(func, *args, **kwargs):
    thread = threading.Thread(target=func, args=args, kwargs=kwargs, daemon=True)
    thread.start()
    return thread


def wait(green_thread, *args, **kwargs):
    return green_thread.join(*args, **kwargs)
