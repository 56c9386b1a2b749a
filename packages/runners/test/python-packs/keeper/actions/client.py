import os

from st2client.client import Client
from st2client.models import KeyValuePair
from st2client.models.keyvalue import KeyValuePair as Again

from st2common.runners.base_action import Action


class ClientAction(Action):
    def run(self):
        client = Client()
        client.keys.update(KeyValuePair(name="lock", value="held"))
        pair = client.keys.get_by_name("lock")
        missing = client.keys.get_by_name("nothing", decrypt=True)
        executions = client.liveactions.query(status="running", limit=2)
        execution = client.executions.get_by_id("1")
        try:
            client.rules.get_all()
        except Exception as error:
            fault = str(error)
        return {
            "same": KeyValuePair is Again,
            "pair": pair.to_dict(),
            "missing": missing,
            "executions": [item.status for item in executions],
            "none": client.executions.get_by_id("404"),
            "result": execution.result,
            "children": [child.id for child in client.executions.get_children("1")],
            "fault": fault,
            "deleted": client.keys.delete(pair),
            "token": os.environ["ST2_AUTH_TOKEN"],
        }
