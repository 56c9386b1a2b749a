"""Answers the names of the repositories on a page."""

import json

from st2common.runners.base_action import Action


class ParseGithubReposAction(Action):
    def run(self, content):
        repositories = json.loads(content)
        return {"names": [repository["name"] for repository in repositories]}
