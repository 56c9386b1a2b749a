"""Waits for a number of seconds and answers how long it waited."""

import random as dice
import time

from st2common.runners.base_action import Action


class PauseAction(Action):
    def run(self, max_pause, random=False):
        delay = dice.randint(1, max_pause) if random else max_pause
        time.sleep(delay)
        return delay
