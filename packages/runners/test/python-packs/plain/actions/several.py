import json  # a class that is only imported is none of this file's

from st2common.runners.base_action import Action


class Zebra(Action):
    def run(self):
        return "zebra"


class Bear:
    """No base class: `run` is enough."""

    def __init__(self, config, action_service):
        self.config = config

    def run(self):
        return "bear"


class Ape(Action):
    pass
