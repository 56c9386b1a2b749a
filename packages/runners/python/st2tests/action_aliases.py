"""Tests of action aliases."""
import glob
import os

from st2common.exceptions.content import ParseException
from st2common.models.utils.action_alias_utils import extract_parameters, extract_parameters_for_action_alias_db
from st2tests.pack_resource import BasePackResourceTestCase

__all__ = ["BaseActionAliasTestCase"]


class ActionAlias:
    """The alias as its file says it."""

    def __init__(self, metadata):
        self.name = metadata["name"]
        self.action_ref = metadata.get("action_ref")
        self.description = metadata.get("description")
        self.formats = metadata["formats"]
        self.metadata = metadata

    def get_format_strings(self):
        strings = []
        for item in self.formats:
            strings += [item] if isinstance(item, str) else _listed(item["representation"])
        return strings


class BaseActionAliasTestCase(BasePackResourceTestCase):
    #: Set by the test.
    action_alias_name = None
    action_alias_db = None

    def setUp(self):
        super().setUp()
        if not self.action_alias_name:
            raise ValueError('"action_alias_name" class attribute needs to be provided')
        self.action_alias_db = self._get_action_alias_db_by_name(self.action_alias_name)

    def assertCommandMatchesExactlyOneFormatString(self, format_strings, command):
        matched = [text for text in format_strings if _matches(text, command)]
        if not matched:
            raise AssertionError('Command "%s" didn\'t match any of the provided format strings' % command)
        if len(matched) > 1:
            raise AssertionError('Command "%s" matched multiple format strings: %s' % (command, ", ".join(matched)))

    def assertExtractedParametersMatch(self, format_string, command, parameters):
        extracted = extract_parameters_for_action_alias_db(self.action_alias_db, format_string, command)
        self.assertEqual(
            extracted,
            parameters,
            'Extracted parameters from command string "%s" against format string "%s" didn\'t match the provided '
            "parameters: " % (command, format_string),
        )

    def _get_action_alias_db_by_name(self, name):
        for path in sorted(glob.glob(os.path.join(self._get_base_pack_path(), "aliases", "*.y*ml"))):
            metadata = _read_yaml(path)
            if isinstance(metadata, dict) and metadata.get("name") == name:
                return ActionAlias(metadata)
        raise ValueError('Alias with name "%s" not found' % name)


def _matches(format_string, command):
    try:
        extract_parameters(format_string, command)
    except ParseException:
        return False
    return True


def _listed(value):
    return [value] if isinstance(value, str) else list(value)


def _read_yaml(path):
    try:
        import yaml
    except ImportError as error:
        raise ImportError("tests of aliases read YAML: install PyYAML where they run") from error
    with open(path, encoding="utf-8") as file:
        return yaml.safe_load(file)
