import atexit
import concurrent.futures
import multiprocessing
import os
import subprocess
import tempfile
import threading
import time

from st2common.runners.base_action import Action

KEPT = {}


def square(number):
    return number * number


class WorkAction(Action):
    """Threads, processes and what is left at the end."""

    def run(self, kind, path=None):
        return getattr(self, kind)(path)

    def threads(self, _):
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            return sum(pool.map(square, range(100)))

    def late_thread(self, _):
        def work():
            time.sleep(0.3)
            print("from a thread after the end")

        threading.Thread(target=work).start()
        return "returned"

    def daemon_thread(self, _):
        threading.Thread(target=time.sleep, args=(300,), daemon=True).start()
        return "returned"

    def pool(self, _):
        with multiprocessing.Pool(2) as pool:
            return pool.map(square, [1, 2, 3])

    def exit_handler(self, _):
        atexit.register(print, "at the end")
        return "returned"

    def unflushed(self, path):
        KEPT["file"] = open(path, "w")
        KEPT["file"].write("written late")
        return "returned"

    def temporary(self, _):
        KEPT["folder"] = tempfile.TemporaryDirectory()
        return KEPT["folder"].name

    def zombie(self, _):
        child = subprocess.Popen(["true"])
        return child.wait()

    def background(self, _):
        child = subprocess.Popen(["sleep", "300"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return child.pid
