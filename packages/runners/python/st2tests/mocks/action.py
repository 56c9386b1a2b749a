"""What an action under test is given."""
from logging import RootLogger
from unittest.mock import Mock

from st2_runtime.action_service import ActionService
from st2tests.mocks.datastore import MockDatastoreService

__all__ = ["MockActionService", "MockActionWrapper"]


class MockActionWrapper:
    def __init__(self, pack, class_name):
        self._pack = pack
        self._class_name = class_name


class MockActionService(ActionService):
    def __init__(self, action_wrapper):
        super().__init__(action_wrapper)
        self._logger = Mock(spec=RootLogger)
        self._datastore_service = MockDatastoreService(
            logger=self._logger, pack_name=action_wrapper._pack, class_name=action_wrapper._class_name
        )
