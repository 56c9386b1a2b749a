"""Answers a page of a list of repositories; the list is made up, so that it can be tried without a network."""

import json

from st2common.runners.base_action import Action

REPOSITORIES = ["st2", "st2web", "st2docs", "st2chatops", "st2tests"]
PAGE_SIZE = 2


class GetGithubPageAction(Action):
    def run(self, url, page):
        first = (int(page or 1) - 1) * PAGE_SIZE
        names = REPOSITORIES[first : first + PAGE_SIZE]
        return json.dumps([{"name": name, "url": "%s/%s" % (url, name)} for name in names])
