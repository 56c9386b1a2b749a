from shared_by_pack import NAME

from st2common.runners.base_action import Action


class FromPackLibAction(Action):
    def run(self):
        return NAME
