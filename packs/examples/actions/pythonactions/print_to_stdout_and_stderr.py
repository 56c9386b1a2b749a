"""Prints lines on stdout and stderr in turn."""

import sys
import time

from st2common.runners.base_action import Action


class PrintToStdoutAndStderrAction(Action):
    def run(self, count, sleep_delay=0.5):
        for index in range(count):
            name, stream = ("stderr", sys.stderr) if index % 2 == 0 else ("stdout", sys.stdout)
            stream.write("%s -> Line: %s\n" % (name, index + 1))
            stream.flush()
            time.sleep(sleep_delay)
