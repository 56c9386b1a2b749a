"""Tests of actions."""
from st2common.runners.utils import get_action_class_instance
from st2tests.mocks.action import MockActionService, MockActionWrapper
from st2tests.pack_resource import BasePackResourceTestCase

__all__ = ["BaseActionTestCase"]


class BaseActionTestCase(BasePackResourceTestCase):
    #: Set by the test.
    action_cls = None

    def setUp(self):
        super().setUp()
        self.action_service = MockActionService(MockActionWrapper("tests", self.action_cls.__name__))

    def get_action_instance(self, config=None):
        return get_action_class_instance(self.action_cls, config=config, action_service=self.action_service)
