"""Writes the recorded cases of this folder: record-corpus.py --source DIR

    runs.jsonl           hand-written.yaml, and random workflows chosen for what they add
    calls.jsonl          a case of single calls for each cell of the state tables (generate-calls.py)
    inspections.jsonl    mistaken-definitions.yaml, and random mistakes
    tables.json          the state tables: cell -> status
    coverage.json        cell -> a case that uses it; null: no call of a conductor reaches it
    recorded-from.json   what was asked

Every case has `expect`, what Python Orquesta answers; `accept` holds its answers with mended defects (record-runs.py, class Mends)
where they differ. Needs PyYAML beside Orquesta's own requirements.
"""
import argparse
import importlib
import importlib.metadata
import json
import logging
import os
import platform
import re
import subprocess
import sys

import yaml

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
compare = importlib.import_module("compare-runs")
recorder, generator, calls = compare.recorder, compare.load("generate-workflows"), compare.load("generate-calls")

SEED = "corpus"
CANDIDATES = 3000
RANDOM_RUNS = 430
RANDOM_INSPECTIONS = 150
# a case is read by people when it fails
MAX_CASE_LENGTH = 6000
MAX_RECORDED_LENGTH = 7000
FUNCTION = re.compile(r"\b([a-z_]+)\(")


def hand_written(name, kind):
    with open(os.path.join(HERE, name), encoding="utf-8") as text:
        definitions = yaml.safe_load(text)
    for definition in definitions:
        about = {"feature": definition["feature"], "spec": definition["spec"]}
        if kind == "inspect":
            yield {"id": definition["name"], **about, **({"context": definition["context"]} if "context" in definition else {})}
            continue
        for run in definition["runs"]:
            yield {"id": "%s: %s" % (definition["name"], "null" if run["case"] is None else run["case"]), **about, **{key: value for key, value in run.items() if key != "case"}}


def expected(case):
    """The case with upstream's answer; None when it is no answer to compare with."""
    answer = recorder.plain(recorder.conduct(case))
    if not compare.is_comparable(answer):
        return None
    accept = []
    for mends in (("terminal",), ("leak",), ("leak", "terminal")):
        with recorder.Mends(mends):
            mended = without_id(recorder.plain(recorder.conduct(case)))
        if mended != without_id(answer) and mended not in accept:
            accept.append(mended)
    return {**case, "expect": {"conduct": without_id(answer)}, **({"accept": accept} if accept else {})}


def without_id(answer):
    return {key: value for key, value in answer.items() if key != "id"}


def traits(case, rows):
    """What a run shows: another run that shows the same adds nothing."""
    answer = case["expect"]["conduct"]
    found = set(rows)
    found.update("error " + re.sub(r"'.*|\".*|\|.*", "", error["message"]) + " " + " ".join(sorted(error)) for error in answer.get("errors", []))
    found.add("raised " + answer["raised"].split(":")[0] if "raised" in answer else "ends " + answer["status"])
    for step in answer["steps"]:
        kind = next(name for name in ("start", "end", "request") if name in step)
        found.add(" ".join([kind, str(step.get("status")), str(step.get("task")), step["workflow"], "items" if "item" in step else "", "delay" if step.get("delay") else "", "error" if "error" in step else "", "route" if step.get("route") else ""]))
        if kind == "request":
            found.add("%s %s %s" % (step["request"], step.get("error", "")[:40], step["workflow"]))
    for words in (FUNCTION.findall(case["spec"]), re.findall(r"\b(join|retry|with|concurrency|delay|noop|fail|continue|publish): ?\S{0,3}", case["spec"])):
        found.update("word " + word for word in words)
    return found


def choose(candidates, count):
    """Greedily what adds most, then the shortest of those with a new combination of traits."""
    chosen, shown = [], set()
    left = list(candidates)
    while left and len(chosen) < count:
        case, found = max(left, key=lambda pair: (len(pair[1] - shown), -len(pair[0]["spec"])))
        if not found - shown:
            break
        chosen.append(case)
        shown |= found
        left = [pair for pair in left if pair[0] is not case]
    combinations = set()
    for case, found in sorted(left, key=lambda pair: -len(pair[0]["expect"]["conduct"]["steps"])):
        key = frozenset(name for name in found if name.startswith(("end", "request", "error", "raised")))
        if len(chosen) < count and key not in combinations:
            combinations.add(key)
            chosen.append(case)
    return chosen


def random_runs(coverage):
    candidates = []
    for index in range(CANDIDATES):
        case = generator.Generator(SEED, index).case()
        answer, rows = coverage.of(case)
        steps = answer["steps"]
        if len(case["spec"]) > 2500 or len(steps) < 3 or len(steps) > 40 or not compare.is_comparable(recorder.plain(answer)):
            continue
        case = {**case, "expect": {"conduct": without_id(recorder.plain(answer))}}
        if len(json.dumps(case)) <= MAX_CASE_LENGTH:
            candidates.append((case, traits(case, rows)))
    print("%d candidates" % len(candidates), file=sys.stderr)
    for case in choose(candidates, RANDOM_RUNS):
        recorded = expected({key: value for key, value in case.items() if key != "expect"})
        if len(json.dumps(recorded)) <= MAX_RECORDED_LENGTH:
            yield recorded


def random_inspections():
    seen, count = set(), 0
    for index in range(CANDIDATES):
        case = generator.Generator(SEED, index).inspect_case()
        answer = compare.readable(recorder.plain(recorder.inspect(case)))
        entries = [entry for phase in answer.get("errors", {}).values() for entry in phase]
        shapes = {re.sub(r"'.*'|\".*\"", "", entry["message"]) + (entry["schema_path"] or "") for entry in entries}
        if "refused" in answer or len(case["spec"]) > 2500 or len(json.dumps(entries)) > 5000 or not shapes - seen:
            continue
        seen |= shapes
        count += 1
        yield {**case, "expect": {"inspect": without_id(answer)}}
        if count == RANDOM_INSPECTIONS:
            return


def write_lines(name, cases):
    cases = list(cases)
    with open(os.path.join(HERE, name), "w", encoding="utf-8") as out:
        for case in cases:
            out.write(json.dumps(case, ensure_ascii=False, separators=(",", ":")) + "\n")
    print("%s: %d" % (name, len(cases)), file=sys.stderr)
    return cases


def write_json(name, value):
    with open(os.path.join(HERE, name), "w", encoding="utf-8") as out:
        json.dump(value, out, indent=2, ensure_ascii=False)
        out.write("\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--source", required=True)
    parser.add_argument("--commit", help="of the source, when it is no work tree")
    options = parser.parse_args()
    source = os.path.abspath(options.source)
    recorder.use_source(source, False)
    logging.disable(logging.CRITICAL)
    recorder.import_orquesta()
    machines = recorder.machines
    tables = {
        "%s %s %s" % (kind, status, event): becomes
        for kind, table in (("task", machines.TASK_STATE_MACHINE_DATA), ("workflow", machines.WORKFLOW_STATE_MACHINE_DATA))
        for status, row in table.items()
        for event, becomes in row.items()
    }
    write_json("tables.json", dict(sorted(tables.items())))
    coverage = recorder.Coverage()
    reached = {}

    def note(cases):
        for case in cases:
            for row in coverage.of(case)[1]:
                reached.setdefault(row, case["id"])

    by_hand = list(hand_written("hand-written.yaml", "conduct"))
    endless = [case["id"] for case in by_hand if expected(case) is None]
    print("left out: %s" % endless, file=sys.stderr)
    runs = [case for case in map(expected, by_hand) if case is not None] + list(random_runs(coverage))
    note(write_lines("runs.jsonl", runs))
    cells = [json.loads(line) for line in calls.cases(sorted(tables))]
    note(write_lines("calls.jsonl", [case for case in map(expected, cells) if case["id"] in coverage.of(case)[1]]))
    write_json("coverage.json", {cell: reached.get(cell) for cell in sorted(tables)})
    recorded = ({**case, "expect": {"inspect": without_id(compare.readable(recorder.plain(recorder.inspect(case))))}} for case in hand_written("mistaken-definitions.yaml", "inspect"))
    write_lines("inspections.jsonl", [*recorded, *random_inspections()])
    packages = ["yaql", "jinja2", "jsonschema", "networkx", "ujson", "PyYAML", "stevedore"]
    commit = options.commit or subprocess.run(["git", "rev-parse", "HEAD"], cwd=source, capture_output=True, text=True, check=True).stdout.strip()
    write_json("recorded-from.json", {"orquesta": commit, "evaluators": ["yaql", "jinja"], "python": platform.python_version(), **{name: importlib.metadata.version(name) for name in packages}})


if __name__ == "__main__":
    main()
