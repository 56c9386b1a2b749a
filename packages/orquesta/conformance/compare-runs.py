"""Conducts or inspects random workflows with Python Orquesta and with `wf`, and lists the differences.

    compare-runs.py --source DIR --seed S --count N [--inspect] [--wf COMMAND] [--out FILE] [--first I]
    compare-runs.py --source DIR --cases FILE [--inspect] …

COMMAND is started in the project's root, once per chunk of cases, with `conduct` or `inspect` behind it. Runs that upstream does not
end, or whose state is not JSON, are left out. Exit status 1 if anything differs. A difference that a mended defect explains (`leak`,
`terminal`: recorder's Mends) counts as agreement, under its name.
"""
import argparse
import collections
import importlib.util
import json
import logging
import os
import shlex
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.abspath(os.path.join(HERE, "..", "..", ".."))
CHUNK = 250
# upstream's own limits of its process, not of the language
NOT_COMPARABLE = ("RecursionError", "is not JSON serializable", "TypeError: keys must be")


def load(name):
    spec = importlib.util.spec_from_file_location(name.replace("-", "_"), os.path.join(HERE, name + ".py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


recorder = load("record-runs")


def equal(left, right):
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(equal(left[key], right[key]) for key in left)
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(equal(a, b) for a, b in zip(left, right))
    return left == right


def agrees(theirs, ours):
    if "contexts" in theirs and "contexts" not in ours:
        theirs = {key: value for key, value in theirs.items() if key != "contexts"}
    return equal(theirs, ours)


def first_difference(theirs, ours):
    for index, (a, b) in enumerate(zip(theirs.get("steps", []), ours.get("steps", []))):
        if not equal(a, b):
            return "step %d: %s | %s" % (index, json.dumps(a), json.dumps(b))
    for key in sorted(set(theirs) | set(ours)):
        a, b = theirs.get(key, "(none)"), ours.get(key, "(none)")
        if not equal(a, b):
            if key == "steps":
                return "steps: %d | %d" % (len(a), len(b))
            return "%s: %s | %s" % (key, json.dumps(a), json.dumps(b))
    return "?"


def is_comparable(answer):
    return "endless" not in answer and not any(text in answer.get("raised", "") for text in NOT_COMPARABLE)


def inspect_agrees(theirs, ours):
    if "refused" in theirs:
        return "refused" in ours or bool(ours.get("errors"))
    return equal(sorted_context(theirs), sorted_context(ours))


def inspect_difference(theirs, ours):
    """The entries that only one of them has."""
    lines = []
    for phase in ("syntax", "semantics", "expressions", "context"):
        left = [json.dumps(e, sort_keys=True, ensure_ascii=False) for e in theirs.get("errors", {}).get(phase, [])]
        right = [json.dumps(e, sort_keys=True, ensure_ascii=False) for e in ours.get("errors", {}).get(phase, [])]
        only = [("upstream", e) for e in (collections.Counter(left) - collections.Counter(right)).elements()]
        only += [("ours", e) for e in (collections.Counter(right) - collections.Counter(left)).elements()]
        lines += ["%s %s" % pair for pair in only] or ([] if left == right else ["order of %s" % phase])
    return "; ".join(lines) or json.dumps([theirs.get("refused"), ours.get("refused")])


def readable(answer):
    """Upstream reads the UTF-8 of its syntax messages as Latin-1: read them as they were meant."""
    for entry in (answer.get("errors") or {}).get("syntax", []):
        try:
            entry["message"] = entry["message"].encode("latin-1").decode("utf-8")
        except UnicodeError:
            pass
    return answer


def sorted_context(answer):
    """The order of variables of one text is that of Python's hashes: any will do."""
    errors = dict(answer.get("errors") or {})
    if "context" in errors:
        errors["context"] = sorted(errors["context"], key=lambda e: (e["schema_path"], e["spec_path"], json.dumps(e, sort_keys=True)))
    return {**answer, "errors": errors}


def ours_of(command, mode, cases):
    text = "".join(json.dumps(case) + "\n" for case in cases)
    done = subprocess.run(shlex.split(command) + [mode], input=text, capture_output=True, text=True, cwd=ROOT, check=False)
    answers = {}
    for line in done.stdout.splitlines():
        answer = json.loads(line)
        answers[answer.get("id")] = answer
    if done.returncode != 0 or len(answers) < len(cases):
        sys.exit("wf: status %s, %d answers for %d cases\n%s\n" % (done.returncode, len(answers), len(cases), done.stderr[-2000:]))
    return answers


def cases_of(options):
    if options.cases:
        with open(options.cases, encoding="utf-8") as lines:
            return [json.loads(line) for line in lines]
    generator = load("generate-workflows")
    make = (lambda g: g.inspect_case()) if options.inspect else (lambda g: g.case())
    return [make(generator.Generator(options.seed, index)) for index in range(options.first, options.first + options.count)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--source", required=True)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--cases")
    parser.add_argument("--inspect", action="store_true")
    parser.add_argument("--wf", default="npm run -s wf --")
    parser.add_argument("--out", help="JSON lines of the cases that differ, with both answers")
    options = parser.parse_args()
    recorder.use_source(os.path.abspath(options.source), False)
    logging.disable(logging.CRITICAL)
    recorder.import_orquesta()
    mode = "inspect" if options.inspect else "conduct"
    cases = cases_of(options)
    counts = collections.Counter()
    out = open(options.out, "w", encoding="utf-8") if options.out else None
    for start in range(0, len(cases), CHUNK):
        chunk = cases[start:start + CHUNK]
        ours = ours_of(options.wf, mode, chunk)
        for case in chunk:
            verdict, theirs = judge(mode, case, ours.get(case["id"], {"id": case["id"], "missing": True}))
            counts[verdict] += 1
            if verdict == "differ":
                explain = inspect_difference if options.inspect else first_difference
                print("%s  %s" % (case["id"], explain(theirs, ours.get(case["id"], {}))[:1500]), flush=True)
                if out:
                    out.write(json.dumps({"case": case, "theirs": theirs, "ours": ours.get(case["id"])}) + "\n")
                    out.flush()
    print(json.dumps(counts))
    sys.exit(1 if counts["differ"] else 0)


def judge(mode, case, ours):
    if mode == "inspect":
        theirs = readable(recorder.plain(recorder.inspect(case)))
        return ("agree" if inspect_agrees(theirs, ours) else "differ"), theirs
    theirs = recorder.plain(recorder.conduct(case))
    if not is_comparable(theirs):
        return "left out", theirs
    if agrees(theirs, ours):
        return "agree", theirs
    for mends in (("terminal",), ("leak",), ("leak", "terminal")):
        with recorder.Mends(mends):
            if agrees(recorder.plain(recorder.conduct(case)), ours):
                return "agree, mended: " + " ".join(mends), theirs
    return "differ", theirs


if __name__ == "__main__":
    main()
