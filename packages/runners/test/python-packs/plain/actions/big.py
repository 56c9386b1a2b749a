from st2common.runners.base_action import Action


class BigAction(Action):
    def run(self, kind):
        if kind == "text":
            return "x" * (8 * 1024 * 1024)
        return [{"id": number, "name": "item %d" % number, "tags": ["a", "b"], "on": True} for number in range(120000)]
