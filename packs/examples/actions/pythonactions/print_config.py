"""Prints the configuration of the pack as an action gets it; values that are secret are masked."""

import pprint

from st2common.runners.base_action import Action

SECRET = ("api_key", "api_secret")


class PrintConfigAction(Action):
    def run(self):
        print("=========")
        pprint.pprint({name: "********" if name in SECRET else value for name, value in self.config.items()})
        print("=========")
