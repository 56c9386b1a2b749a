"""Random workflows for the protocol of `wf inspect` and `wf conduct`: generate-workflows.py SEED COUNT [--inspect] > cases.jsonl

Case i of a seed is always the same. With --inspect the definitions hold mistakes of every phase of inspection. Needs PyYAML.
"""
import json
import random
import sys

import yaml

DOMAINS = [
    {
        "tasks": ["fetch_build", "unpack", "drain_node", "stop_service", "install", "migrate_schema", "start_service", "smoke_test", "undrain", "announce"],
        "number": ["attempt", "budget"], "list": ["hosts", "packages"], "map": ["settings", "labels"], "text": ["release", "region"], "flag": ["is_canary", "force"],
        "actions": ["core.local", "core.http", "linux.service", "core.echo"],
    },
    {
        "tasks": ["read_alert", "find_owner", "page_owner", "collect_logs", "open_ticket", "mute", "restart_pod", "verify", "escalate", "close_ticket"],
        "number": ["severity", "tries"], "list": ["pods", "channels"], "map": ["alert", "ticket"], "text": ["owner", "runbook"], "flag": ["is_noisy", "acknowledged"],
        "actions": ["pager.notify", "tickets.create", "core.noop", "kube.restart"],
    },
    {
        "tasks": ["load_rows", "check_quota", "split_batch", "transform", "validate", "store", "reindex", "report", "purge", "archive"],
        "number": ["offset", "batch_size"], "list": ["rows", "shards"], "map": ["totals", "schema"], "text": ["bucket", "table"], "flag": ["dry_run", "strict"],
        "actions": ["etl.copy", "core.remote", "core.echo", "db.query"],
    },
    {
        "tasks": ["reserve_ip", "create_vm", "attach_disk", "boot", "join_cluster", "tag", "warm_up", "health_check", "release_ip", "destroy_vm", "audit"],
        "number": ["cpus", "retries"], "list": ["disks", "networks"], "map": ["flavor", "metadata"], "text": ["zone", "image"], "flag": ["ephemeral", "public"],
        "actions": ["cloud.create", "cloud.delete", "core.local", "core.noop"],
    },
]
WORDS = ["alpha", "beta", "eu-west", "v2.1", "ok", "", "müller", "a b", "7"]
NOT_SUCCEEDED = ["failed"] * 12 + ["timeout"] * 3 + ["abandoned"] * 2 + ["canceled"] * 2
BEFORE = ["running", "pending", "paused", "pausing", "resuming", "canceling", "requested", "scheduled", "delayed"]


class Generator:
    def __init__(self, seed, index):
        self.random = random.Random("%s-%s" % (seed, index))
        self.id = "%s-%s" % (seed, index)
        self.domain = self.random.choice(DOMAINS)
        self.language = self.random.choice(["yaql", "yaql", "jinja", "both"])
        # how often something is wrong on purpose: most workflows are fine
        self.faults = self.random.choice([0, 0, 0, 0.02, 0.06])
        self.failures = self.random.choice([0, 0.08, 0.15, 0.4])
        # some runs are disturbed all the time
        self.is_wild = self.random.random() < 0.15
        # some graphs are all loops, splits and joins, with results that end them
        self.is_dense = self.random.random() < 0.12

    def chance(self, probability):
        return self.random.random() < probability

    def pick(self, *choices):
        return self.random.choice(choices)

    # values

    def value(self, depth=0):
        kinds = ["number", "text", "flag", "null", "list", "map", "float"]
        kind = self.random.choice(kinds if depth < 2 else kinds[:4])
        if kind == "list":
            return [self.value(depth + 1) for _ in range(self.random.randint(0, 3))]
        if kind == "map":
            return {self.pick("code", "stdout", "body", "items", "x y"): self.value(depth + 1) for _ in range(self.random.randint(0, 2))}
        return {"number": self.random.randint(-1, 5), "text": self.random.choice(WORDS), "flag": self.chance(0.5), "null": None, "float": self.pick(0.5, 2.0, -1.25)}[kind]

    def result(self):
        roll = self.random.random()
        if roll < 0.3:
            return {"code": self.random.randint(0, 3), "stdout": self.random.choice(WORDS), "body": {"items": [self.random.randint(0, 9) for _ in range(self.random.randint(0, 3))]}}
        if roll < 0.34:
            return self.pick("<% ctx().nope %>", "{{ 1 + 1 }}", "<% 1 + 1 %>", "say {{ 'x' }}")
        return self.value()

    def typed(self, kind):
        if kind == "number":
            return self.random.randint(0, 4)
        if kind == "list":
            return [self.pick(self.random.choice(WORDS), self.random.randint(0, 9)) for _ in range(self.random.randint(0, 4))]
        if kind == "map":
            return {key: self.pick(1, "x", [1, 2], {"deep": self.random.randint(0, 3)}, None) for key in self.random.sample(["size", "mode", "owner", "tags"], self.random.randint(0, 3))}
        return self.random.choice(WORDS) if kind == "text" else self.chance(0.5)

    # expressions

    def expression(self, yaql, jinja):
        language = self.pick("yaql", "jinja") if self.language == "both" else self.language
        return "<%% %s %%>" % yaql if language == "yaql" else "{{ %s }}" % jinja

    def name(self, kind):
        return self.random.choice(self.domain[kind])

    def reference(self, kind):
        name = self.name(kind)
        return self.pick(("ctx().%s" % name, "ctx().%s" % name), ("ctx(%s)" % name, "ctx('%s')" % name))

    def broken(self):
        return self.expression(*self.pick(("ctx().missing", "ctx().missing"), ("result().no.such", "result().no.such"), ("1 + 'a'", "1 + 'a'"), ("ctx(__hidden)", "ctx('__hidden')"), ("nope()", "nope()"), ("[1].first(2).x.y", "none.a.b")))

    def of_kind(self, kind, where):
        if self.chance(self.faults):
            return self.broken()
        yaql, jinja = self.reference(kind)
        has_result = where == "next"
        options = {
            "number": [(yaql, jinja), (yaql + " + 1", jinja + " + 1"), ("len(%s)" % self.reference("list")[0], "%s | length" % self.reference("list")[1])],
            "list": [(yaql, jinja), (yaql + " + [1, 'z']", jinja + " + [1, 'z']"), ("range(0, %s).select($ * 2)" % self.reference("number")[0], "range(0, %s) | list" % self.reference("number")[1]), (yaql + ".where($ != alpha)", jinja + " | reject('equalto', 'alpha') | list")],
            "map": [(yaql, jinja), ("dict(size => %s)" % self.reference("number")[0], "dict(size=%s)" % self.reference("number")[1]), (yaql + ".set(mode, %s)" % self.reference("text")[0], "dict(%s, mode=%s)" % (jinja, self.reference("text")[1]))],
            "text": [(yaql, jinja), ("str(%s)" % self.reference("number")[0], "%s ~ '!'" % self.reference("number")[1]), ("%s.toUpper()" % yaql, "%s | upper" % jinja)],
            "flag": [(yaql, jinja), ("not " + yaql, "not " + jinja), ("%s > 1" % self.reference("number")[0], "%s > 1" % self.reference("number")[1])],
        }[kind]
        if has_result and self.chance(0.4):
            options = [("result()", "result()"), ("task_status(%s)" % self.random.choice(self.domain["tasks"]), "task_status('%s')" % self.random.choice(self.domain["tasks"]))]
            if kind == "map":
                options = [("dict(answer => result())", "dict(answer=result())")]
        return self.expression(*self.random.choice(options))

    def rendered(self, where):
        """Some value with expressions in it."""
        roll = self.random.random()
        if roll < 0.25:
            return self.value()
        if roll < 0.4:
            return "%s-%s" % (self.of_kind("text", where), self.pick("end", self.of_kind("number", where) if self.language != "both" else "tail"))
        if roll < 0.5:
            return {self.pick("size", "owner", self.of_kind("text", where)): self.of_kind(self.pick("number", "list"), where)}
        if roll < 0.55:
            return [self.of_kind("number", where), {"nested": self.of_kind("map", where)}]
        return self.of_kind(self.pick("number", "list", "map", "text", "flag"), where)

    def condition(self, is_back):
        if self.chance(self.faults):
            return self.broken()
        if is_back:
            number = self.name("number")
            return self.expression("%s and ctx().%s < 4" % (self.pick("succeeded()", "completed()"), number), "%s and ctx('%s') < 4" % (self.pick("succeeded()", "completed()"), number))
        roll = self.random.random()
        if roll < 0.4:
            return self.expression("succeeded()", "succeeded()")
        if roll < 0.6:
            return self.expression("failed()", "failed()")
        if roll < 0.68:
            return self.expression("completed()", "completed()")
        if roll < 0.72:
            return self.pick("false", "plain text", " ")
        flag, number = self.reference("flag"), self.reference("number")
        name = self.random.choice(self.domain["tasks"])
        return self.expression(*self.random.choice([
            flag, ("not %s" % flag[0], "not %s" % flag[1]), ("%s > 1" % number[0], "%s > 1" % number[1]), ("failed() and %s" % flag[0], "failed() and %s" % flag[1]),
            ("result() = 1", "result() == 1"), ("result()", "result()"), ("task_status(%s) = succeeded" % name, "task_status('%s') == 'succeeded'" % name), ("len(%s) > 1" % self.reference("list")[0], "%s | length > 1" % self.reference("list")[1]),
        ]))

    # definitions

    def workflow(self):
        definition = {"version": self.pick("1.0", 1.0)}
        if self.chance(0.3):
            definition["description"] = self.pick("Nightly run.", "Handles one incident: from alert to ticket.")
        self.declare(definition)
        definition["tasks"] = self.tasks()
        if self.chance(0.7):
            definition["output"] = [{self.pick("summary", "result_%d" % i, self.name("number")): self.rendered("output")} for i in range(self.random.randint(1, 3))]
        return definition

    def declare(self, definition):
        inputs, variables = [], []
        self.inputs = {}
        for kind in ("number", "list", "map", "text", "flag"):
            for name in self.domain[kind]:
                roll = self.random.random()
                if roll < 0.02 + self.faults:
                    continue
                if roll < 0.45:
                    default = self.typed(kind)
                    inputs.append({name: default} if self.chance(0.7) else name)
                    if isinstance(inputs[-1], str) or self.chance(0.5):
                        self.inputs[name] = self.typed(kind)
                else:
                    variables.append({name: self.typed(kind)})
        self.random.shuffle(inputs)
        if variables and self.chance(0.5):
            variables.append({"derived": self.rendered("vars")})
        if self.chance(0.15):
            self.inputs["undeclared"] = 1
        if self.chance(0.06) and self.inputs:
            self.inputs[self.random.choice(sorted(self.inputs))] = self.pick("<% 1 + 1 %>", "{{ 2 * 3 }}", "<% ctx().nope %>", None)
        if inputs:
            definition["input"] = inputs
        if variables:
            definition["vars"] = variables

    def tasks(self):
        count = self.pick(1, 2, 3, 3, 4, 4, 5, 5, 6, 7, 8, 10)
        names = self.random.sample(self.domain["tasks"], count)
        tasks = {}
        self.has_cycle = self.chance(0.25)
        for index, name in enumerate(names):
            tasks[name] = self.task(index, names)
        inbound = {name: set() for name in names}
        for name, task in tasks.items():
            for transition in task.get("next", []):
                do = transition.get("do", [])
                for destination in [x.strip() for x in do.split(",")] if isinstance(do, str) else do:
                    inbound.get(destination, set()).add(name)
        for name in names:
            if len(inbound[name]) > 1 and self.chance(0.65) or len(inbound[name]) == 1 and self.chance(0.05):
                tasks[name]["join"] = self.pick("all", "all", self.random.randint(1, len(inbound[name])), self.random.randint(0, 3))
        shuffled = list(tasks.items())
        if self.chance(0.3):
            self.random.shuffle(shuffled)
        return dict(shuffled)

    def task(self, index, names):
        task = {}
        where = "task"
        if self.chance(0.15):
            task["with"] = self.items()
        if self.chance(0.86) or "with" in task:
            task["action"] = self.random.choice(self.domain["actions"])
            roll = self.random.random()
            if roll < 0.35:
                task["input"] = {self.pick("message", "cmd", "target"): self.item_value(task) for _ in range(self.random.randint(1, 2))}
            elif roll < 0.5:
                task["action"] += " message=%s" % self.pick('"plain words"', "5", "true", "1.5", "null", "'it'", "[1, 2]", self.of_kind("text", where), "'{\"a\": 1}'")
                if self.chance(0.3):
                    task["action"] += " count=%s" % self.pick("3", self.of_kind("number", where))
            elif roll < 0.54:
                task["input"] = self.of_kind("map", where)
            elif roll < 0.56:
                task["action"] = "core." + self.of_kind("text", where)
        if self.chance(0.1):
            task["delay"] = self.pick(0, 5, self.of_kind("number", where), self.expression("10", "10"), "soon" if self.chance(self.faults * 3) else 1)
        if self.chance(0.12):
            task["retry"] = self.retry()
        if "action" not in task and not task or self.chance(0.9):
            transitions = self.transitions(index, names)
            if transitions:
                task["next"] = transitions
        if not task:
            task["action"] = "core.noop"
        return task

    def item_value(self, task):
        if "with" not in task:
            return self.rendered("task")
        return self.pick(self.expression("item()", "item()"), self.expression("item(one)", "item('one')") if self.chance(0.5) else self.expression("item()", "item()"), "<% item() %>!", self.rendered("task"))

    def items(self):
        expression = self.of_kind("list", "task")
        roll = self.random.random()
        if roll < self.faults * 3:
            expression = self.pick(self.of_kind("text", "task"), self.of_kind("map", "task"), self.expression("null", "none"))
        elif roll < 0.3:
            expression = self.expression("[1, 2, 3, 4]", "[1, 2, 3, 4]")
        elif roll < 0.45:
            expression = self.expression("[[a, 1], [b, 2], [c, 3]]", "[['a', 1], ['b', 2], ['c', 3]]")
        elif roll < 0.5:
            expression = self.expression("zip(%s, [1, 2])" % self.reference("list")[0], "zip(%s, [1, 2])" % self.reference("list")[1])
        expression = self.pick("", "", "one in ", "one, two in ") + expression
        if self.chance(0.5):
            return expression
        with_items = {"items": expression}
        if self.chance(0.85):
            with_items["concurrency"] = self.pick(1, 2, 3, 0, self.of_kind("number", "task"), self.expression("2", "2"))
        return with_items

    def retry(self):
        retry = {"count": self.pick(1, 2, 3, 0, self.of_kind("number", "vars"), self.expression("2", "2"))}
        if self.chance(0.5):
            retry["when"] = self.pick(self.expression("failed()", "failed()"), self.expression("failed() or result() = null", "failed() or result() is none"), self.expression(*self.reference("flag")), self.expression("result() = 1", "result() == 1"))
        if self.chance(0.4):
            retry["delay"] = self.pick(0, 3, self.of_kind("number", "vars"))
        return retry

    def transitions(self, index, names):
        forward = names[index + 1:]
        transitions = []
        if self.is_dense:
            return self.tangle(index, names)
        if forward and self.chance(0.35):
            return self.usual(forward)
        for _ in range(self.pick(0, 1, 1, 1, 2, 2, 3)):
            transition = {}
            back = self.has_cycle and index > 0 and self.chance(0.3)
            destinations = [self.random.choice(names[:index + 1])] if back else []
            wanted = self.pick(0, 1, 1, 1, 2, 2, 3)
            if not back:
                destinations += self.random.sample(forward, min(wanted, len(forward)))
            if self.chance(0.12):
                destinations.append(self.pick("noop", "continue", "fail", "noop", "fail", "retry" if not back else "fail"))
            if back or self.chance(0.72):
                transition["when"] = self.condition(back)
            if back or self.chance(0.45):
                transition["publish"] = self.publish(back)
            if destinations:
                transition["do"] = self.pick(destinations, ", ".join(destinations), destinations[0] if len(destinations) == 1 else destinations)
            if transition:
                transitions.append(transition)
        return transitions

    def tangle(self, index, names):
        """Anywhere but to the first task, while results are small numbers: they run out."""
        transitions = []
        for _ in range(self.pick(1, 2, 2, 3)):
            others = names[1:] or names
            transition = {"do": self.random.sample(others, min(self.pick(1, 1, 2, 3), len(others)))}
            number = self.random.randint(0, 2)
            if index > 0 or self.chance(0.5):
                transition["when"] = self.expression("result() = %d" % number, "result() == %d" % number)
            if self.chance(0.5):
                transition["publish"] = self.publish(False)
            transitions.append(transition)
        return transitions

    def usual(self, forward):
        """On success go on, on failure clean up, as most people write it."""
        transitions = [{"when": self.expression("succeeded()", "succeeded()"), "do": self.random.sample(forward, min(self.pick(1, 1, 2, 3), len(forward)))}]
        if self.chance(0.5):
            transitions[0]["publish"] = self.publish(False)
        if self.chance(0.7):
            transitions.append({"when": self.expression("failed()", "failed()"), "do": self.pick(self.random.choice(forward), "noop", "fail", "%s, fail" % self.random.choice(forward))})
            if self.chance(0.3):
                transitions[1]["publish"] = self.publish(False)
        return transitions

    def publish(self, back):
        entries = []
        if back:
            number = self.name("number")
            entries = [{name: self.expression("ctx().%s + 1" % name, "ctx('%s') + 1" % name)} for name in self.domain["number"]]
        for _ in range(self.random.randint(0 if back else 1, 2)):
            kind = self.pick("number", "list", "map", "text", "flag", "other")
            if kind == "other" or self.chance(0.2):
                entries.append({self.pick("note", "answer", "last_result", "__hidden"): self.rendered("next")})
            elif kind == "map":
                entries.append({self.name(kind): self.pick(self.typed("map"), {"size": {"deep": self.random.randint(4, 9)}}, self.of_kind("map", "next"))})
            else:
                entries.append({self.name(kind): self.pick(self.typed(kind), self.of_kind(kind, "next"))})
        unique = [entry for i, entry in enumerate(entries) if entry not in entries[:i]]
        if not back and self.chance(0.3):
            pairs = [(list(e)[0], list(e.values())[0]) for e in unique]
            texts = ["%s=%s" % (k, v if isinstance(v, str) and v[:2] in ("<%", "{{") else json.dumps(v)) for k, v in pairs if not isinstance(v, (list, dict))]
            if texts:
                return " ".join(texts)
        return unique

    # what happens

    def outcome(self):
        if self.is_dense and self.chance(0.9):
            return {"status": "failed" if self.chance(self.failures / 4) else "succeeded", "result": self.random.randint(0, 2)}
        outcome = {"status": self.random.choice(NOT_SUCCEEDED) if self.chance(self.failures) else "succeeded", "result": self.result()}
        if self.chance(0.5 if self.is_wild else 0.08):
            outcome["before"] = [self.random.choice(BEFORE) for _ in range(self.pick(1, 1, 2, 3))]
        if self.chance(0.08 if self.is_wild else 0.01):
            outcome["status"] = self.pick("pending", "paused", "running", "canceling")
        return outcome

    def outcomes(self, tasks):
        outcomes = {}
        for name, task in tasks.items():
            if not self.chance(0.8):
                continue
            attempts = []
            for _ in range(self.pick(2, 3, 4, 5) if self.is_dense else self.pick(1, 1, 1, 2, 3, 4)):
                if "with" in task and self.chance(0.85):
                    attempts.append([self.outcome() for _ in range(self.random.randint(0, 4))])
                else:
                    attempts.append(self.outcome())
            outcomes[name] = attempts
        return outcomes

    def events(self, tasks):
        events = []
        turn = 0
        for _ in range(self.pick(2, 4, 6) if self.is_wild else self.pick(0, 0, 0, 0, 0, 1, 2, 2, 3)):
            turn += self.pick(0, 1, 1, 2, 3)
            events.append({"at": turn, "do": self.pick("pause", "resume", "pause", "resume", "pause", "resume", "cancel")})
        if self.chance(0.7 if self.is_wild else 0.25):
            for _ in range(self.pick(1, 1, 2)):
                rerun = {"at": 99 if self.chance(0.8) else self.random.randint(0, 9), "do": "rerun"}
                if self.chance(0.6):
                    rerun["tasks"] = []
                    for name in self.random.sample(sorted(tasks), min(len(tasks), self.pick(1, 1, 2))):
                        request = {"task_id": name}
                        if self.chance(0.4):
                            request["route"] = self.pick(0, 0, 0, 1, 2)
                        if self.chance(0.4):
                            request["reset_items"] = self.chance(0.5)
                        rerun["tasks"].append(request)
                events.append(rerun)
            if self.chance(0.3):
                events.append({"at": 120, "do": self.pick("resume", "cancel", "pause")})
        return sorted(events, key=lambda event: event["at"])

    def case(self):
        definition = self.workflow()
        case = {"id": self.id, "spec": self.text(definition), "inputs": self.inputs}
        if self.chance(0.4):
            case["context"] = {"st2": {"user": "stanley", "action_execution_id": "f00d"}, "parent": {"pack": "examples"}}
        case["outcomes"] = self.outcomes(definition["tasks"])
        events = self.events(definition["tasks"])
        if events:
            case["events"] = events
        return case

    def text(self, definition):
        if self.chance(0.05):
            return json.dumps(definition)
        return yaml.safe_dump(definition, sort_keys=False, default_flow_style=self.pick(False, False, None), allow_unicode=True, width=self.pick(100, 10000))

    # mistakes

    def inspect_case(self):
        definition = self.workflow()
        for _ in range(self.pick(0, 1, 1, 2, 3, 5)):
            self.spoil(definition)
        case = {"id": self.id, "spec": self.text(definition)}
        if self.chance(0.5):
            case["context"] = {"st2": {"user": "stanley"}, "parent": None}
        return case

    def mistake(self):
        """A text or value that is wrong in some field, or right in another."""
        return self.random.choice([
            "<% ctx().nowhere %>", "{{ ctx().nowhere }}", "<% ctx(nowhere) + ctx('other') %>", "{{ ctx('__private') }}", "<% ctx().__private %>", "<% ctx().a-b %>",
            "<% ctx( %>", "{{ 1 + }}", "x {{ 1 + }} y", "{{ a b }} {{ c d }}", "<% %>", "{{ }}", "<% <% succeeded() %>", "{% if true %}", "{% nope %}", "{% if true %}a{% endif %}", "<% 'x %>", "<% __x %>", "<% 1 1 %>", "{{ 'a", "{{ item( }} <% a( %>", "<% ctx().x %> {{ ctx().y }}", "{% raw %}{{ 1 + }}{% endraw %}", "{{ 1 | nofilter }}", "{# x", "<% ctx().get(x) %>", "<% ctx()['x'] %>", "<% [1, 2 %>", "<% $.a.b( %>",
            5, -1, 0, 1.5, True, False, None, "", " ", "word", [], {}, ["a"], ["a", "a"], [1], [None], {"a": 1}, {"a": 1, "b": 2}, [{"a": 1}], [{"a": 1}, {"a": 1}], [{"a": 1, "b": 2}], [{}], [{"a": None}, "b", 3], "müller", ["x", {"y": "<% ctx().zz %>"}], {"a-b": 2}, {"x y": "{{ ctx().q }}"}, "a in <% ctx().qq %>", "a, b in <% [1] %>", "a b in <% [1] %>", "p , q in {{ x }}", "all", "it's", 'say "hi"', "back\\slash", "12",
        ])

    def spoil(self, definition):
        tasks = definition["tasks"] if isinstance(definition.get("tasks"), dict) else {}
        names = [name for name in tasks if isinstance(tasks[name], dict)]
        kind = self.pick("workflow", "workflow", "task", "task", "task", "with", "retry", "next", "next", "next", "do", "name", "join", "expression", "expression", "expression", "unknown")
        if kind == "workflow" or not names:
            key = self.pick("version", "name", "description", "tags", "input", "vars", "output")
            definition[key] = self.mistake()
            return
        if kind == "unknown":
            target = self.pick(definition, tasks[self.random.choice(names)])
            target[self.pick("on-success", "foo", "timeout", "bar", "type")] = self.mistake()
            return
        name = self.random.choice(names)
        task = tasks[name]
        if kind == "name":
            tasks[self.pick("fail", "noop", "retry", "continue", "größe", "x1")] = self.pick({"action": "core.noop"}, {"with": "<% [1] %>"}, {"action": "core.noop", "next": [{"do": name}]})
        elif kind == "task":
            task[self.pick("action", "input", "delay", "join", "input", "action")] = self.pick(self.mistake(), self.mistake(), "core.echo message=<% ctx().inline %> count={{ ctx('second') }}", "core.echo a=1 b={{ 1 + }}")
        elif kind == "with":
            task["with"] = self.pick({"items": self.mistake()}, {"items": self.mistake(), "concurrency": self.mistake()}, {"concurrency": self.mistake()}, self.random.choice([m for m in [self.mistake() for _ in range(6)] if isinstance(m, str)] or ["x"]), {"items": "<% [1] %>", "extra": 1})
            if self.chance(0.3):
                task.pop("action", None)
        elif kind == "retry":
            task["retry"] = self.pick({"count": self.mistake()}, {"when": self.mistake(), "count": 1}, {"delay": self.mistake()}, {"when": "<% ctx().unseen %>", "count": "{{ 1 + }}"}, {"count": 1, "times": 2})
        elif kind == "join":
            task["join"] = self.pick("all", 1, 2, "some", -1, 1.0, True, None, self.mistake())
        elif kind in ("next", "do", "expression"):
            transitions = task.get("next")
            if not isinstance(transitions, list) or not transitions or not isinstance(transitions[0], dict):
                task["next"] = transitions = [{"when": "<% succeeded() %>"}]
            transition = self.random.choice(transitions)
            if not isinstance(transition, dict):
                return
            if kind == "do":
                transition["do"] = self.pick("ghost", [name, "ghost"], "ghost, phantom", name, self.random.choice(names), [self.random.choice(names), self.random.choice(names)], "noop, fail", "", [], " ", "a b", ["a", "a"])
            elif kind == "next":
                transition[self.pick("when", "publish", "do", "then")] = self.random.choice([m for m in [self.mistake() for _ in range(8)] if not isinstance(m, (int, float)) or isinstance(m, bool)])
            else:
                transition[self.pick("when", "publish")] = self.pick(self.mistake(), [{"found": self.mistake()}, {"also": self.mistake()}], "a=<% ctx().left %> b={{ ctx('right') }}", "a=1 b='x' c=<% ctx().c %> d=<% ctx( %>")


def main():
    seed, count = sys.argv[1], int(sys.argv[2])
    for index in range(count):
        generator = Generator(seed, index)
        case = generator.inspect_case() if "--inspect" in sys.argv else generator.case()
        sys.stdout.write(json.dumps(case, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
