import os
import subprocess
import time

from st2common.runners.base_action import Action


class LoopsAction(Action):
    """Never ends, and has started processes: one of them in a session of its own, one by a fork alone."""

    def run(self, ignore=False):
        if ignore:
            import signal

            signal.signal(signal.SIGTERM, signal.SIG_IGN)
        shell = subprocess.Popen("sleep 300 & echo $!; wait", shell=True, stdout=subprocess.PIPE)
        grandchild = int(shell.stdout.readline())
        escaped = subprocess.Popen(["sleep", "300"], start_new_session=True)
        forked = os.fork()
        if forked == 0:
            os.setsid()
            time.sleep(300)
            os._exit(0)
        print("pids", os.getpid(), shell.pid, grandchild, escaped.pid, forked)
        while True:
            time.sleep(0.01)
