"""Answers which Python runs this action."""

import platform
import sys

from st2common.runners.base_action import Action


class PythonVersionAction(Action):
    def run(self):
        return {
            "version": platform.python_version(),
            "implementation": platform.python_implementation(),
            "executable": sys.executable,
            "version_info": list(sys.version_info),
        }
