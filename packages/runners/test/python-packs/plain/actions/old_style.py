from st2actions.runners.pythonrunner import Action


class OldAction(Action):
    def __init__(self, config):
        super(OldAction, self).__init__(config)
        self.service_in_init = self.action_service

    def run(self, a, b=5):
        return {"a": a, "b": b, "late": self.action_service is not None, "early": self.service_in_init is not None}
