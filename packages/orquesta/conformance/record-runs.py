"""Records what Python Orquesta answers to cases of the protocol of `wf inspect` and `wf conduct`.

    record-runs.py --source DIR [--jinja-first] inspect|conduct|both|coverage   < cases.jsonl > answers.jsonl
    record-runs.py --source DIR check FILE              compares recorded answers (`expect`) with those of this source

DIR holds Orquesta's source tree. Needs the packages of its requirements.txt; yaql==3.2.0, jinja2==3.1.6, jsonschema==4.26.0 for the
recordings in this folder. The entry points of setup.py are read in the order in which they stand there, as upstream's packages
do, so YAQL comes before Jinja; --jinja-first orders them as pip does.
"""
import argparse
import ast
import copy
import gzip
import json
import logging
import os
import re
import sys

# Longest run, in steps: a case that goes on is answered as endless and never recorded.
MAX_STEPS = 400
ENGINE_COMMANDS = ("continue", "noop", "fail", "retry")


def entry_points_of(source, jinja_first):
    """The entry_points argument of setup.py; each namespace keeps its order."""
    with open(os.path.join(source, "setup.py"), encoding="utf-8") as text:
        tree = ast.parse(text.read())
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg == "entry_points":
            groups = ast.literal_eval(node.value)
            return {group: sorted(entries) if jinja_first else entries for group, entries in groups.items()}
    raise SystemExit("setup.py has no entry points")


def use_source(source, jinja_first):
    """Makes Orquesta importable from its tree, with its entry points, without installing it."""
    folder = os.path.join(source, ".recorder-sorted" if jinja_first else ".recorder")
    info = os.path.join(folder, "orquesta-0.dist-info")
    os.makedirs(info, exist_ok=True)
    lines = []
    for group, entries in entry_points_of(source, jinja_first).items():
        if group != "orquesta.tests":
            lines += ["[%s]" % group, *entries, ""]
    for name, text in (("entry_points.txt", "\n".join(lines)), ("METADATA", "Metadata-Version: 2.1\nName: orquesta\nVersion: 0\n")):
        with open(os.path.join(info, name), "w", encoding="utf-8") as file:
            file.write(text)
    sys.path[:0] = [source, folder]


class Endless(Exception):
    pass


class Run:
    """One case, conducted."""

    def __init__(self, case):
        self.case = case
        self.steps = []
        self.turn = 0
        self.queue = []
        self.starts = {}
        self.results = {}
        self.events = list(case.get("events") or [])
        self.conductor = None

    def conduct(self):
        answer = {"id": self.case.get("id"), "steps": self.steps}
        try:
            spec = native_specs.instantiate(self.case["spec"])
            self.conductor = conducting.WorkflowConductor(spec, context=self.case.get("context") or {}, inputs=self.case.get("inputs") or {})
            if self.conductor.get_workflow_status() not in statuses.ABENDED_STATUSES:
                self.conductor.request_workflow_status(statuses.RUNNING)
                self.loop()
            return {**answer, **self.final()}
        except Endless:
            return {**answer, "endless": True}
        except RecursionError as error:
            return {**answer, "raised": "RecursionError: %s" % str(error)}
        except Exception as error:
            return {**answer, "raised": "%s: %s" % (type(error).__name__, str(error))}

    def loop(self):
        while True:
            while self.events and self.events[0]["at"] <= self.turn:
                self.request(self.events.pop(0))
            self.start_all()
            if self.queue:
                self.deliver_next()
                self.turn += 1
            elif self.events:
                self.turn = self.events[0]["at"]
            else:
                return

    def restore(self):
        data = json.loads(json.dumps(self.conductor.serialize()))
        self.conductor = conducting.WorkflowConductor.deserialize(data)

    def step(self, step):
        self.conductor.render_workflow_output()
        step["workflow"] = self.conductor.get_workflow_status()
        self.steps.append(step)
        if len(self.steps) > MAX_STEPS:
            raise Endless()

    def request(self, event):
        self.restore()
        step = {"request": event["do"]}
        wanted = {"pause": statuses.PAUSED, "resume": statuses.RESUMING, "cancel": statuses.CANCELED}
        try:
            if event["do"] == "rerun":
                tasks = [requests.TaskRerunRequest.new(t["task_id"], t.get("route", 0), t.get("reset_items", False)) for t in event.get("tasks") or []]
                self.conductor.request_workflow_rerun(task_requests=tasks)
            else:
                self.conductor.request_workflow_status(wanted[event["do"]])
        except REFUSALS as error:
            step["error"] = "%s: %s" % (type(error).__name__, str(error))
        self.step(step)

    def start_all(self):
        while True:
            self.restore()
            tasks = self.conductor.get_next_tasks()
            if not tasks:
                self.conductor.render_workflow_output()
                return
            idle = []
            for task in tasks:
                self.start(task, idle)
            for task_id, route in idle:
                self.restore()
                entry = self.conductor.update_task_state(task_id, route, events.ActionExecutionEvent(statuses.SUCCEEDED))
                self.step({"end": task_id, "route": route, "status": statuses.SUCCEEDED, "task": entry.get("status")})

    def start(self, task, idle):
        task_id, route = task["id"], task["route"]
        is_items = "items_count" in task
        base = {"start": task_id, "route": route, "action": None, "input": None, "delay": task.get("delay") or 0}
        for action in task["actions"] or [None]:
            step = dict(base)
            if action is not None:
                step["action"], step["input"] = action["action"], action["input"] or None
            if is_items:
                item = None if action is None else action["item_id"]
                step.update(item=item, items=task["items_count"], concurrency=task["concurrency"])
                # what an end adds to later is kept with the count of the list
                self.results.setdefault((task_id, route), [None] * task["items_count"])
            # rendered values are copied: the context they come from goes on
            step = json.loads(json.dumps(step))
            if is_items and item is not None:
                event = events.TaskItemActionExecutionEvent(item, statuses.RUNNING)
            else:
                event = events.ActionExecutionEvent(statuses.RUNNING)
            self.restore()
            self.conductor.update_task_state(task_id, route, event)
            self.step(step)
            if action is None or action["action"] is None:
                if (task_id, route) not in idle:
                    idle.append((task_id, route))
                continue
            self.queue.append(self.started(task_id, route, item if is_items else None))

    def started(self, task_id, route, item):
        attempt = self.starts.get((task_id, item), 0)
        self.starts[(task_id, item)] = attempt + 1
        attempts = (self.case.get("outcomes") or {}).get(task_id) or []
        outcome = attempts[attempt] if attempt < len(attempts) else None
        if isinstance(outcome, list):
            outcome = outcome[item] if item is not None and item < len(outcome) else None
        outcome = outcome or {}
        return {"task": task_id, "route": route, "item": item, "before": list(outcome.get("before") or []), "status": outcome.get("status") or statuses.SUCCEEDED, "result": outcome.get("result")}

    def deliver_next(self):
        action = self.queue.pop(0)
        status, result = action["status"], action["result"]
        if action["before"]:
            status, result = action["before"].pop(0), None
            self.queue.append(action)
            is_last = False
        else:
            is_last = True
        self.restore()
        key = (action["task"], action["route"])
        if action["item"] is None:
            event = events.ActionExecutionEvent(status, result=result)
        else:
            results = self.results.setdefault(key, [])
            while len(results) <= action["item"]:
                results.append(None)
            if is_last:
                results[action["item"]] = result
            event = events.TaskItemActionExecutionEvent(action["item"], status, result=result, accumulated_result=list(results))
        entry = self.conductor.update_task_state(action["task"], action["route"], event)
        task_status = entry.get("status")
        if action["item"] is not None and (task_status in statuses.COMPLETED_STATUSES or task_status == statuses.RETRYING):
            self.results.pop(key, None)
        step = {"end": action["task"], "route": action["route"], "status": status, "task": task_status}
        if action["item"] is not None:
            step["item"] = action["item"]
        self.step(step)

    def final(self):
        state = self.conductor.serialize()["state"]
        return {
            "status": state["status"],
            "output": self.conductor.get_workflow_output(),
            "errors": self.conductor.errors,
            "tasks": [[t["id"], t["route"], t.get("status")] for t in state["sequence"]],
            "contexts": state["contexts"],
        }


class Calls:
    """A case of single calls instead of turns: what a conductor answers to each, restored in between.

    `calls` holds one object each: {"request": status}, {"update": {task, route, status, result, item, accumulated}}, {"next": true},
    {"rerun": [requests]}, {"output": true}, or {"set": {"workflow": status, "tasks": {"t1|0": status}, "items": {"t1|0": [statuses]}}},
    which edits the serialised state: statuses that only other software leaves behind.
    """

    def __init__(self, case):
        self.case = case

    def conduct(self):
        answers = []
        spec = native_specs.instantiate(self.case["spec"])
        self.conductor = conducting.WorkflowConductor(spec, context=self.case.get("context") or {}, inputs=self.case.get("inputs") or {})
        for call in self.case["calls"]:
            ((verb, argument),) = call.items()
            data = json.loads(json.dumps(self.conductor.serialize()))
            if verb == "set":
                self.edit(data["state"], argument)
            self.conductor = conducting.WorkflowConductor.deserialize(data)
            answer = {}
            try:
                if verb != "set":
                    answer = getattr(self, verb)(argument) or {}
            except Exception as error:
                answer = {"raised": "%s: %s" % (type(error).__name__, str(error))}
                if not isinstance(error, REFUSALS):
                    # nobody saves a conductor that broke off in the middle
                    self.conductor = conducting.WorkflowConductor.deserialize(data)
            answers.append({"workflow": self.conductor.get_workflow_status(), **answer})
        state = self.conductor.serialize()["state"]
        return {
            "id": self.case.get("id"),
            "answers": answers,
            "errors": self.conductor.errors,
            "output": self.conductor.get_workflow_output(),
            "tasks": [[t["id"], t["route"], t.get("status")] for t in state["sequence"]],
        }

    @staticmethod
    def edit(state, wanted):
        state["status"] = wanted.get("workflow", state["status"])
        for key, status in (wanted.get("tasks") or {}).items():
            task_id, route = key.split("|")
            state["sequence"][state["tasks"]["%s__r%s" % (task_id, route)]]["status"] = status
        for key, items in (wanted.get("items") or {}).items():
            task_id, route = key.split("|")
            for staged in state["staged"]:
                if staged["id"] == task_id and str(staged["route"]) == route:
                    staged["items"] = [{"status": status} for status in items]

    def request(self, status):
        self.conductor.request_workflow_status(status)

    def update(self, about):
        if "item" in about:
            event = events.TaskItemActionExecutionEvent(about["item"], about["status"], result=about.get("result"), accumulated_result=about.get("accumulated"))
        else:
            event = events.ActionExecutionEvent(about["status"], result=about.get("result"))
        entry = self.conductor.update_task_state(about["task"], about.get("route", 0), event)
        return {"task": entry.get("status")}

    def next(self, _):
        tasks = self.conductor.get_next_tasks()
        return {"next": [[t["id"], t["route"], [a.get("item_id") for a in t["actions"]], t.get("delay", 0)] for t in tasks]}

    def rerun(self, tasks):
        wanted = [requests.TaskRerunRequest.new(t["task_id"], t.get("route", 0), t.get("reset_items", False)) for t in tasks]
        self.conductor.request_workflow_rerun(task_requests=wanted)

    def output(self, _):
        self.conductor.render_workflow_output()


def conduct(case):
    return (Calls(case) if "calls" in case else Run(case)).conduct()


class Mends:
    """While entered, Orquesta without some of its defects: `leak` merges contexts from copies, `terminal` gives `term` at once to a
    completed task none of whose transitions held."""

    def __init__(self, names):
        self.names = names
        self.kept = {}

    def __enter__(self):
        target = conducting.WorkflowConductor
        self.kept = {name: getattr(target, name) for name in ("get_task_context", "update_task_state")}
        if "leak" in self.names:
            target.get_task_context = merged_from_copies
        if "terminal" in self.names:
            target.update_task_state = marks_terminal(self.kept["update_task_state"])

    def __exit__(self, *_):
        for name, method in self.kept.items():
            setattr(conducting.WorkflowConductor, name, method)


def merged_from_copies(conductor, ctx_idxs):
    ctx = {}
    for index in ctx_idxs:
        ctx = dict_util.merge_dicts(ctx, copy.deepcopy(conductor.workflow_state.contexts[index]), overwrite=True)
    return ctx


def marks_terminal(update_task_state):
    def update(conductor, task_id, route, event):
        before = conductor.get_task_state_entry(task_id, route)
        old = (id(before), before.get("status")) if before else None
        entry = update_task_state(conductor, task_id, route, event)
        has_changed = old != (id(entry), entry.get("status"))
        if has_changed and entry.get("status") in statuses.COMPLETED_STATUSES and not any(entry["next"].values()):
            entry["term"] = True
        return entry

    return update


def inspect(case):
    try:
        spec = native_specs.instantiate(case["spec"])
        context = case.get("context") or {}
        return {"id": case.get("id"), "errors": spec.inspect(app_ctx=context)}
    except Exception as error:
        return {"id": case.get("id"), "refused": str(error)}


def plain(answer):
    """As JSON keeps it: comparable whatever the types were. A state that JSON can not keep is no answer that could be compared."""
    try:
        return json.loads(json.dumps(answer))
    except (TypeError, ValueError, jinja2.exceptions.UndefinedError) as error:
        return {"id": answer.get("id"), "raised": "the answer is not JSON serializable: %s" % error}


def check(path):
    counts = {"agree": 0, "differ": 0}
    with (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            case = json.loads(line)
            for kind, expected in case["expect"].items():
                actual = plain(inspect(case) if kind == "inspect" else conduct(case))
                actual.pop("id")
                same = actual == expected or (kind == "inspect" and "refused" in actual and "refused" in expected)
                counts["agree" if same else "differ"] += 1
                if not same:
                    print("%s %s\n  expected %s\n  actual   %s" % (case["id"], kind, json.dumps(expected, sort_keys=True), json.dumps(actual, sort_keys=True)))
    print(json.dumps(counts))
    return 1 if counts["differ"] else 0


class Coverage:
    """Which rows of the two state tables a run uses, as `workflow|task STATUS EVENT`, and which events found no row."""

    def __init__(self):
        self.rows = []
        for kind, machine, table in (("task", machines.TaskStateMachine, "TASK_STATE_MACHINE_DATA"), ("workflow", machines.WorkflowStateMachine, "WORKFLOW_STATE_MACHINE_DATA")):
            data = getattr(machines, table)
            setattr(machines, table, {status: self.watched(kind, status, row) for status, row in data.items()})

    def watched(self, kind, status, row):
        coverage = self

        class Row(dict):
            def __getitem__(self, event):
                coverage.rows.append("%s %s %s" % (kind, status, event))
                return dict.__getitem__(self, event)

        return Row(row)

    def of(self, case):
        self.rows = []
        answer = conduct(case)
        return answer, sorted(set(self.rows))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--source", required=True)
    parser.add_argument("--jinja-first", action="store_true")
    parser.add_argument("command", choices=["inspect", "conduct", "both", "coverage", "check", "table"])
    parser.add_argument("file", nargs="?")
    options = parser.parse_args()
    use_source(os.path.abspath(options.source), options.jinja_first)
    logging.disable(logging.CRITICAL)
    import_orquesta()
    if options.command == "check":
        sys.exit(check(options.file))
    if options.command == "table":
        rows = {"workflow": machines.WORKFLOW_STATE_MACHINE_DATA, "task": machines.TASK_STATE_MACHINE_DATA}
        print(json.dumps(sorted("%s %s %s" % (kind, status, event) for kind, table in rows.items() for status, row in table.items() for event in row)))
        return
    coverage = Coverage() if options.command == "coverage" else None
    for line in sys.stdin:
        case = json.loads(line)
        if options.command == "inspect":
            answer = inspect(case)
        elif options.command == "conduct":
            answer = conduct(case)
        elif coverage is not None:
            run, rows = coverage.of(case)
            answer = {"id": case.get("id"), "conduct": run, "rows": rows}
        else:
            answer = {"id": case.get("id"), "conduct": conduct(case), "inspect": inspect(case)}
        sys.stdout.write(json.dumps(plain(answer)) + "\n")
        sys.stdout.flush()


def import_orquesta():
    global jinja2, conducting, dict_util, events, machines, native_specs, requests, statuses, REFUSALS
    import jinja2
    from orquesta import conducting, events, exceptions, machines, requests, statuses
    from orquesta.expressions import base
    from orquesta.specs import base as spec_base
    from orquesta.specs import native as native_specs
    from orquesta.utils import dictionary as dict_util

    REFUSALS = (
        exceptions.InvalidWorkflowStatusTransition,
        exceptions.WorkflowIsActiveAndNotRerunableError,
        exceptions.InvalidTaskRerunRequest,
    )
    base.get_evaluators()
    remember_schemas(spec_base.Spec)


def remember_schemas(spec_class):
    """Schemas depend on the class alone, but are merged anew for every specification: four fifths of the time of a run."""
    for name in ("get_schema", "get_meta_schema"):
        make = getattr(spec_class, name).__func__
        setattr(spec_class, name, classmethod(remembered(make)))


def remembered(make):
    known = {}

    def remember(cls, includes=("meta",), resolve_specs=True):
        key = (cls, tuple(includes or ()), resolve_specs)
        if key not in known:
            known[key] = make(cls) if make.__name__ == "get_meta_schema" else make(cls, list(includes or ()), resolve_specs)
        return known[key]

    return remember


if __name__ == "__main__":
    main()
