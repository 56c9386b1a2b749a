"""One case of single calls for each cell of the two state tables: generate-calls.py < table.json > cases.jsonl

`record-runs.py … table` prints the cells, as `task|workflow STATUS EVENT`. Statuses that no run of a workflow reaches by itself are put
into the serialised state. The id of a case is the cell that it is about.
"""
import json
import re
import sys

ITEM_EVENT = re.compile(r"^action_([a-z]+)_task_(active|dormant)_items_([a-z]+)$")
WORKFLOW_EVENT_OF_ITEMS = re.compile(r"^workflow_([a-z]+)_task_(active|dormant)_items_([a-z]+)$")
TASK_EVENT = re.compile(r"^task_([a-z]+?)(?:_workflow_(active|dormant))?(?:_(canceled|paused|incomplete|completed))?$")
OTHER_ITEM = {"paused": "paused", "canceled": "canceled", "failed": "failed", "incomplete": "null", "completed": "succeeded"}

PLAIN = """\
version: 1.0
tasks:
  probe:
    action: core.local cmd="uptime"
    next:
      - when: <% succeeded() %>
        do: tell
  tell:
    action: core.echo message="up"
"""
ITEMS = """\
version: 1.0
vars:
  - hosts: [web1, web2]
tasks:
  probe:
    with: host in <% ctx(hosts) %>
    action: core.remote
    input:
      host: <% item(host) %>
    next:
      - when: <% failed() %>
        publish: failure=<% result() %>
        do: tell
  tell:
    action: core.echo
"""
COMMAND = """\
version: 1.0
tasks:
  probe:
    action: core.local cmd="uptime"
    next:
      - do: %s
"""
RETRY = """\
version: 1.0
tasks:
  probe:
    action: core.local cmd="uptime"
    retry:
      when: <%% %s() %%>
      count: 1
"""
BRANCHES = """\
version: 1.0
tasks:
  left:
    action: core.local cmd="left"
    %s
  middle:
    action: core.local cmd="middle"
    next:
      - when: <%% result() = never %%>
        do: meet
  right:
    action: core.local cmd="right"
  after:
    action: core.noop
  meet:
    join: all
    action: core.noop
"""
START = [{"request": "running"}, {"next": True}]


def update(task, status, **more):
    return {"update": {"task": task, "status": status, **more}}


def task_case(status, event):
    """Calls that bring a task into a status and an event to it."""
    if event in ("task_continue_requested", "task_noop_requested", "task_fail_requested"):
        return COMMAND % event.split("_")[1], START + [update("probe", "running"), update("probe", "succeeded", result=1), {"output": True}]
    if event == "task_retry_requested":
        return RETRY % status, START + [update("probe", "running"), update("probe", status, result="first"), {"next": True}, update("probe", "running"), update("probe", status, result="second")]
    items = ITEM_EVENT.match(event)
    if items:
        ended, activity, others = items.groups()
        other = "running" if activity == "active" else OTHER_ITEM[others]
        calls = START + [update("probe", "running", item=0), update("probe", "running", item=1), {"set": {"tasks": {"probe|0": status}, "items": {"probe|0": ["running", other]}}}]
        return ITEMS, calls + [update("probe", ended, item=0, result="r0", accumulated=["r0", None]), {"next": True}]
    asked = WORKFLOW_EVENT_OF_ITEMS.match(event)
    if asked:
        request, activity, others = asked.groups()
        first = "running" if activity == "active" else "succeeded"
        calls = START + [update("probe", "running", item=0), {"set": {"tasks": {"probe|0": status}, "items": {"probe|0": [first, "null"]}}}]
        return ITEMS, calls + [{"request": request}, {"next": True}]
    if event.startswith("workflow_"):
        return PLAIN, START + [update("probe", "running"), {"set": {"tasks": {"probe|0": status}}}, {"request": event.split("_", 1)[1]}, {"next": True}]
    ended = event.split("_", 1)[1]
    before = [] if status == "null" else [update("probe", "running"), {"set": {"tasks": {"probe|0": status}}}]
    return PLAIN, START + before + [update("probe", ended, result={"code": 3}), {"next": True}, {"output": True}]


def request_case(status, event):
    request = event.split("_")[1]
    if event.endswith("_workflow_completed"):
        calls = START + [update("probe", "running"), {"request": "pausing"}, update("probe", "failed"), {"set": {"workflow": status, "tasks": {"probe|0": "succeeded"}}}]
        return PLAIN, calls + [{"request": request}, {"output": True}]
    if status == "succeeded":
        return COMMAND % "noop", START + [update("probe", "running"), update("probe", "succeeded"), {"request": request}, {"output": True}]
    start = START + ([update("probe", "running")] if event.endswith("_active") else [])
    before = [] if status == "null" else start + [{"set": {"workflow": status}}]
    return PLAIN, before + [{"request": request}, {"next": True}, {"output": True}]


def workflow_case(status, event):
    """Calls that bring a workflow into a status and a task of it to an event."""
    if event.startswith("workflow_"):
        return request_case(status, event)
    name, activity, rest = TASK_EVENT.match(event).groups()
    following = ""
    if name == "retrying":
        following = "retry: {count: 1}"
    elif name == "remediated":
        following = "next: [{when: <%% failed() %%>, do: %s}]" % ("meet" if rest == "completed" else "after")
    elif rest == "incomplete":
        following = "next: [{do: after}]"
    spec = BRANCHES % following.replace("%%", "%")
    calls = list(START)
    for task in ("after", "left", "middle", "right"):
        calls.append(update(task, "running"))
    states = {"after|0": "succeeded", "middle|0": "running" if activity == "active" else "succeeded"}
    states["right|0"] = {"canceled": "canceled", "paused": "paused"}.get(rest, "succeeded")
    if "after" in following:
        # what comes after the left one must not have run
        calls = [call for call in calls if call.get("update", {}).get("task") != "after"]
        del states["after|0"]
    if name == "resuming":
        states["left|0"] = "paused"
    calls.append({"set": {"workflow": status, "tasks": states}})
    ended = {"remediated": "failed", "retrying": "failed"}.get(name, name)
    return spec, calls + [update("left", ended, result="left"), {"next": True}, {"output": True}]


def cases(cells):
    for cell in cells:
        kind, status, event = cell.split(" ")
        spec, calls = (task_case if kind == "task" else workflow_case)(status, event)
        yield json.dumps({"id": cell, "spec": spec, "calls": calls})


def main():
    for line in cases(json.load(sys.stdin)):
        sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
