"""Prints names, as if they were sent on."""

from st2common.runners.base_action import Action


class PushGithubReposAction(Action):
    def run(self, data_to_push):
        for name in data_to_push["names"]:
            print(name)
        return {"pushed": len(data_to_push["names"])}
