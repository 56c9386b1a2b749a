"""Reads a YAML text."""

import yaml

from st2common.runners.base_action import Action


class YamlStringToObjectAction(Action):
    def run(self, yaml_str):
        return yaml.safe_load(yaml_str)
