"""Answers as core.remote does, for workflows that are tried out without hosts."""

from st2common.runners.base_action import Action


class MockCoreRemoteAction(Action):
    def run(self, cmd, hosts, hosts_dict):
        if hosts_dict:
            return hosts_dict
        if not hosts:
            raise ValueError("Either hosts or hosts_dict must be given.")
        answer = {"succeeded": True, "failed": False, "return_code": 0, "stdout": cmd or "", "stderr": ""}
        return {host.strip(): dict(answer) for host in hosts.split(",")}
