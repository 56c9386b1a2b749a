from st2common.runners.base_action import Action


class BrokenInitAction(Action):
    def __init__(self, config=None, action_service=None):
        super().__init__(config, action_service)
        self.url = self.config["url"]

    def run(self):
        return self.url
