import json
import urllib.request

from st2common.runners.base_action import Action


class WeatherBaseAction(Action):
    """What all actions of the pack share: the connection, made from the pack's configuration."""

    def __init__(self, config=None, action_service=None):
        super(WeatherBaseAction, self).__init__(config=config, action_service=action_service)
        self.base_url = self.config["base_url"]
        self.api_key = self.config.get("api_key", None)

    def _get(self, path):
        self.logger.debug("GET %s%s", self.base_url, path)
        request = urllib.request.Request(self.base_url + path, headers={"X-Key": self.api_key})
        with urllib.request.urlopen(request) as answer:
            return json.loads(answer.read().decode("utf-8"))
