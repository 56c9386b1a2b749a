import os
import signal
import sys
import threading
import time

from st2common.runners.base_action import Action


class EndsAction(Action):
    """Ends in the way that the kind names."""

    def run(self, kind):
        print("before")
        getattr(self, kind)()
        return "not reached"

    def exception(self):
        raise ValueError("bad välue")

    def chained(self):
        try:
            {}["missing"]
        except KeyError as error:
            raise RuntimeError("outer") from error

    def exit_zero(self):
        sys.exit(0)

    def exit_three(self):
        sys.exit(3)

    def exit_text(self):
        sys.exit("a reason")

    def hard_exit(self):
        os._exit(7)

    def kills_itself(self):
        os.kill(os.getpid(), signal.SIGKILL)

    def aborts(self):
        os.abort()

    def segfault(self):
        import ctypes

        ctypes.string_at(0)

    def kills_parent(self):
        os.kill(os.getppid(), signal.SIGKILL)
        time.sleep(0.2)
        raise ValueError("after the murder")

    def exit_in_thread(self):
        thread = threading.Thread(target=sys.exit, args=(9,))
        thread.start()
        thread.join()
        sys.exit(4)
