from lib.tools import shout
from library_of_actions import whisper

from st2common.runners.base_action import Action


class FromLibAction(Action):
    def run(self, text):
        return shout(text) + whisper(text)
