"""Makes a trigger fire by way of the webhook that the API keeps for it."""

import json
import os
import urllib.request

from st2common.runners.base_action import Action

TIMEOUT_SECONDS = 30


class InjectTriggerAction(Action):
    def run(self, trigger=None, trigger_name=None, payload=None, trace_tag=None):
        if trigger and trigger_name:
            raise ValueError('Give "trigger" or "trigger_name", not both')
        name = trigger or trigger_name
        if not name:
            raise ValueError('One of "trigger" and "trigger_name" is required')

        request = urllib.request.Request(
            os.environ["ST2_ACTION_API_URL"].rstrip("/") + "/webhooks/st2",
            data=json.dumps({"trigger": name, "payload": payload or {}}).encode("utf-8"),
            headers=self._headers(trace_tag),
            method="POST",
        )
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as response:
            return json.loads(response.read().decode("utf-8"))

    @staticmethod
    def _headers(trace_tag):
        headers = {"Content-Type": "application/json"}
        token = os.environ.get("ST2_ACTION_AUTH_TOKEN")
        if token:
            headers["X-Auth-Token"] = token
        if trace_tag:
            headers["St2-Trace-Tag"] = trace_tag
        return headers
