"""Answers the number of the next page; fails when this one was not full, for then it was the last."""

from st2common.runners.base_action import Action


class IncreaseIndexAndCheckCondition(Action):
    def run(self, index, pagesize, input):
        if len(input["names"]) < int(pagesize):
            return (False, "That was the last page.")
        return str(int(index) + 1)
