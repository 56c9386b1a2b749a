import json
from dataclasses import dataclass

from st2common.runners.base_action import Action


class JsonAction(Action):
    """The file is called like a library that it uses."""

    def run(self):
        return json.loads("[1]")
