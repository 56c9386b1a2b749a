"""Prints an object, and answers it."""

import pprint

from st2common.runners.base_action import Action


class PrintCtxAction(Action):
    def run(self, ctx):
        pprint.pprint(ctx)
        return ctx
