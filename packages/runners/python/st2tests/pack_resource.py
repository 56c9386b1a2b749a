"""What tests of all kinds of content share."""
import inspect
import os
import unittest

__all__ = ["BasePackResourceTestCase"]


class BasePackResourceTestCase(unittest.TestCase):
    def get_fixture_content(self, fixture_path):
        """Text of a file below `tests/fixtures/` of the pack."""
        path = os.path.join(self._get_base_pack_path(), "tests", "fixtures", fixture_path)
        with open(path, encoding="utf-8") as file:
            return file.read()

    def _get_base_pack_path(self):
        return os.path.dirname(os.path.dirname(os.path.abspath(inspect.getfile(type(self)))))
