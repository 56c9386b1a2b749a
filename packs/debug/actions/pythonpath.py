"""Answers where Python looks for modules."""

import os
import sys

from st2common.runners.base_action import Action


class PythonPathAction(Action):
    def run(self):
        return {"PYTHONPATH": os.environ.get("PYTHONPATH", "").split(":"), "sys.path": sys.path}
