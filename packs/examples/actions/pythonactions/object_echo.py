"""Answers what it is given."""

from st2common.runners.base_action import Action


class ObjectEchoAction(Action):
    def run(self, value):
        return value
