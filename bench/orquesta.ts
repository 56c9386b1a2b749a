// What conducting costs: 200 tasks in a row beside Python Orquesta, a task among 3,000 beside one among 30, 10,000 items, bytes of the journal.
// `node bench/orquesta.ts [--json] [--python PATH --source DIR]`: a Python with Orquesta's requirements, and Orquesta's source tree;
// ST2_BENCH_PYTHON and ST2_BENCH_ORQUESTA can name them too.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { WorkflowExpressions } from '@st2/expressions'
import { type JournalEntry, loadWorkflow, toJsonText, WorkflowRun, type WorkflowSpec } from '@st2/orquesta'
import { median, rounded } from './support/statistics.ts'

/** What is promised. */
const PROMISES = { times_faster_than_python: 100, ratio_3000_to_30: 1.3, bytes_ratio_1000_to_100: 1.3 }
const ROUNDS = 7
const ITEMS = 10_000
const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    python: { type: 'string', default: process.env.ST2_BENCH_PYTHON ?? '' },
    source: { type: 'string', default: process.env.ST2_BENCH_ORQUESTA ?? '' },
  },
})

const expressions = new WorkflowExpressions()

/** Tasks one after another, each publishing a variable that all share and one of its own. */
function chain(tasks: number): string {
  const lines = ['vars: [{n: 0}]', 'output: [{n: <% ctx(n) %>}]', 'tasks:']
  for (let at = 0; at < tasks; at++) {
    lines.push(`  t${at}:`, '    action: core.echo message=<% ctx(n) %>', '    next:')
    lines.push('      - when: <% succeeded() %>', `        publish: n=<% ctx(n) + 1 %> own${at}=<% result() %>`)
    if (at + 1 < tasks) lines.push(`        do: t${at + 1}`)
  }
  return lines.join('\n')
}

/** Ends actions in the order of their start until nothing runs; each row is handed on, as it is to a store. */
function conduct(spec: WorkflowSpec, inputs: Record<string, unknown>, keep: (row: JournalEntry) => void): void {
  const run = new WorkflowRun(spec, { inputs, expressions })
  const open: string[] = []
  let row: JournalEntry | null = run.apply({ type: 'begin' })
  while (row !== null) {
    keep(row)
    for (const effect of row.effects) if (effect.type === 'start') open.push(effect.id)
    const id = open.shift()
    row = id === undefined ? null : run.apply({ type: 'action', id, status: 'succeeded', result: { code: 0 } })
  }
  if (run.conductor.status !== 'succeeded') throw new Error(`ended ${run.conductor.status}`)
}

/** Time of the processor, so that what else runs on the machine does not count. */
function spentMs(spec: WorkflowSpec, inputs: Record<string, unknown> = {}): number {
  const began = process.cpuUsage()
  conduct(spec, inputs, () => {})
  const { user, system } = process.cpuUsage(began)
  return (user + system) / 1000
}

function bytesPerTask(tasks: number): number {
  let bytes = 0
  conduct(loadWorkflow(chain(tasks)), {}, (row) => {
    bytes += toJsonText({ ...row }).length
  })
  return bytes / tasks
}

function medianMs(spec: WorkflowSpec, rounds = ROUNDS, inputs: Record<string, unknown> = {}): number {
  return median(Array.from({ length: rounds }, () => spentMs(spec, inputs)))
}

/** µs for a task among few and among many, in turns: 100 short runs are as much work as a long one. */
function taskAmong(few: WorkflowSpec, fewTasks: number, many: WorkflowSpec, manyTasks: number) {
  const times = manyTasks / fewTasks
  const rounds = Array.from({ length: ROUNDS }, () => {
    let fewMs = 0
    for (let time = 0; time < times; time++) fewMs += spentMs(few)
    return { few: (fewMs * 1000) / manyTasks, many: (spentMs(many) * 1000) / manyTasks }
  })
  return { few: median(rounds.map((round) => round.few)), many: median(rounds.map((round) => round.many)) }
}

/** The same 200 tasks by upstream's conductor, in its memory all the time. */
const PROGRAM = `
import importlib.util, json, logging, sys, time

recorder_path, source = sys.argv[1:3]
found = importlib.util.spec_from_file_location('record_runs', recorder_path)
recorder = importlib.util.module_from_spec(found)
found.loader.exec_module(recorder)
recorder.use_source(source, False)
logging.disable(logging.CRITICAL)
from orquesta import conducting, events, statuses
from orquesta.specs import native

definition = sys.stdin.read()
spec = native.WorkflowSpec(definition)
best = None
for _ in range(3):
    began = time.process_time()
    conductor = conducting.WorkflowConductor(spec)
    conductor.request_workflow_status(statuses.RUNNING)
    tasks = conductor.get_next_tasks()
    while tasks:
        for task in tasks:
            conductor.update_task_state(task['id'], task['route'], events.ActionExecutionEvent(statuses.RUNNING))
        for task in tasks:
            conductor.update_task_state(task['id'], task['route'], events.ActionExecutionEvent(statuses.SUCCEEDED, result={'code': 0}))
        tasks = conductor.get_next_tasks()
    conductor.render_workflow_output()
    assert conductor.get_workflow_status() == 'succeeded'
    spent = (time.process_time() - began) * 1000
    best = spent if best is None else min(best, spent)
print(json.dumps(best))
`

/** ms; the best of three rounds. */
function pythonMs(definition: string): number {
  const recorder = fileURLToPath(new URL('../packages/orquesta/conformance/record-runs.py', import.meta.url))
  const { status, stdout, stderr, error } = spawnSync(options.python, ['-c', PROGRAM, recorder, options.source], {
    input: definition,
    encoding: 'utf8',
    timeout: 300_000,
  })
  if (error !== undefined) throw new Error(`${options.python} could not be started: ${error.message}`, { cause: error })
  if (status !== 0) throw new Error(`${options.python} failed: ${stderr}`)
  return Number(JSON.parse(stdout))
}

function measure() {
  const text = chain(200)
  // the compiler has seen all of the code before anything is measured
  medianMs(loadWorkflow(text), 20)
  const chain200 = medianMs(loadWorkflow(text), 3 * ROUNDS)
  const among = taskAmong(loadWorkflow(chain(30)), 30, loadWorkflow(chain(3000)), 3000)
  const items = loadWorkflow(
    'input: [l]\ntasks: {a: {with: {items: <% ctx(l) %>, concurrency: 50}, action: x, input: {i: <% item() %>}}}',
  )
  const list = Array.from({ length: ITEMS }, (_, at) => at)
  const tenThousand = medianMs(items, 3, { l: list })
  const bytes100 = bytesPerTask(100)
  const bytes1000 = bytesPerTask(1000)
  const isPython = options.python !== '' && options.source !== ''
  const python = isPython ? pythonMs(text) : null
  return {
    chain_200_ms: rounded(chain200),
    task_among_30_us: rounded(among.few),
    task_among_3000_us: rounded(among.many),
    ratio_3000_to_30: rounded(among.many / among.few),
    items_10000_ms: rounded(tenThousand),
    bytes_per_task_100: rounded(bytes100),
    bytes_per_task_1000: rounded(bytes1000),
    bytes_ratio_1000_to_100: rounded(bytes1000 / bytes100),
    python_chain_200_ms:
      python === null ? 'left out: name a Python and its Orquesta by --python and --source' : rounded(python),
    times_faster_than_python: python === null ? null : rounded(python / chain200),
    promises: PROMISES,
  }
}

/** Which of the promises this run kept; null where Python was left out. */
function kept(figures: ReturnType<typeof measure>) {
  const times = figures.times_faster_than_python
  return {
    times_faster_than_python: times === null ? null : times >= PROMISES.times_faster_than_python,
    ratio_3000_to_30: figures.ratio_3000_to_30 <= PROMISES.ratio_3000_to_30,
    bytes_ratio_1000_to_100: figures.bytes_ratio_1000_to_100 <= PROMISES.bytes_ratio_1000_to_100,
  }
}

const measured = measure()
const figures = { ...measured, kept: kept(measured) }
if (options.json) console.log(JSON.stringify(figures))
else for (const [name, value] of Object.entries(figures)) console.log(name.padEnd(26), value)
