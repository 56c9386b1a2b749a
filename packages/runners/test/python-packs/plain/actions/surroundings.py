import os
import random
import signal
import sys
import uuid

from st2common.runners.base_action import Action


class SurroundingsAction(Action):
    def run(self, change=None):
        state = {
            "env": dict(os.environ),
            "cwd": os.getcwd(),
            "session": os.getsid(0) == os.getpid(),
            "group": os.getpgid(0) == os.getpid(),
            "fds": sorted(int(fd) for fd in os.listdir("/proc/self/fd")),
            "random": random.random(),
            "uuid": str(uuid.uuid4()),
            "path": sys.path,
            "argv": sys.argv,
            "leaked": hasattr(sys, "leaked"),
            "stdin": sys.stdin.read(),
            "signals": [signal.getsignal(number) is signal.SIG_DFL for number in (signal.SIGTERM, signal.SIGCHLD)],
            "executable": sys.executable,
            "prefix": sys.prefix,
        }
        if change:
            os.environ["LEAKED"] = "yes"
            os.chdir("/")
            os.umask(0o777)
            sys.leaked = True
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
        return state
