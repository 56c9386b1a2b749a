"""Prints what a Python action sees of its surroundings; the token it may use is masked."""

import os
import sys

from st2common.runners.base_action import Action


class PrintPythonEnvironmentAction(Action):
    def run(self):
        print("Using Python executable: %s" % sys.executable)
        print("Using sys.path: %s" % sys.path)
        for name in sorted(os.environ):
            print("%s: %s" % (name, "********" if "TOKEN" in name else os.environ[name]))
