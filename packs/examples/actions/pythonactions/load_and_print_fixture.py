"""Prints a file of the pack."""

import os

from st2common.runners.base_action import Action

PACK = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


class LoadAndPrintFixtureAction(Action):
    def run(self, file_path):
        path = os.path.realpath(os.path.join(PACK, file_path))
        if os.path.commonpath([path, os.path.realpath(PACK)]) != os.path.realpath(PACK):
            return False, '"%s" is not in the pack' % file_path
        with open(path, encoding="utf-8") as file:
            content = file.read()
        print(content)
        return content
