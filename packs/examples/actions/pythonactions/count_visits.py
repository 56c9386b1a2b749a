"""Counts in the datastore, and greets as the configuration of the pack says."""

from st2common.runners.base_action import Action


class CountVisitsAction(Action):
    def run(self, visitor):
        key = "visits.%s" % visitor
        count = int(self.action_service.get_value(key) or 0) + 1
        self.action_service.set_value(key, str(count))
        self.logger.info("%s was here %s times", visitor, count)
        return {"visitor": visitor, "count": count, "region": self.config.get("region", "nowhere")}
