"""Tells whether a number is prime."""

from st2common.runners.base_action import Action


class IsPrimeAction(Action):
    def run(self, value):
        self.logger.debug("value=%s", value)
        if value < 2 or value != int(value):
            raise ValueError("%s should be an integer of at least 2." % value)
        return all(value % divisor for divisor in range(2, int(value**0.5) + 1))
