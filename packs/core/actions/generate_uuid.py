"""Answers a fresh UUID as text."""

import uuid

from st2common.runners.base_action import Action

MAKERS = {"uuid1": uuid.uuid1, "uuid4": uuid.uuid4}


class GenerateUuidAction(Action):
    def run(self, uuid_type="uuid4"):
        if uuid_type not in MAKERS:
            known = ", ".join(sorted(MAKERS))
            raise ValueError(f'Unknown uuid_type "{uuid_type}", it is one of {known}')
        return str(MAKERS[uuid_type]())
