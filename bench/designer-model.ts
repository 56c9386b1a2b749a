// What the designer's model costs: a workflow of 300 tasks in 2,000 lines read into the model, a task moved, an input typed, a task renamed, a key typed;
// beside each the bare YAML reader over the same text in the same run. `node bench/designer-model.ts [--json]`.
import { parseArgs } from 'node:util'
import { DesignerEditor, readWorkflow } from '@st2/designer'
import { parseYaml } from '@st2/yaml'
import { largeWorkflow } from './support/large-workflow.ts'
import { median, percentile, rounded } from './support/statistics.ts'

/** What is promised, in milliseconds. */
const PROMISES = { model_ms: 30, edit_ms: 16, key_ms: 16 }
const WARM_UP = 20
const ROUNDS = 60

const { values: options } = parseArgs({ options: { json: { type: 'boolean', default: false } } })

interface Figures {
  median: number
  p95: number
}

/** Rounds of several pieces of work in turns, so that what else runs on the machine is the same for all. */
function measure(pieces: Record<string, (round: number) => void>): Record<string, Figures> {
  const times = new Map(Object.keys(pieces).map((name) => [name, [] as number[]]))
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    for (const [name, work] of Object.entries(pieces)) {
      const began = process.cpuUsage()
      work(round)
      const { user, system } = process.cpuUsage(began)
      if (round >= WARM_UP) times.get(name)?.push((user + system) / 1000)
    }
  }
  return Object.fromEntries(
    [...times].map(([name, all]) => [name, { median: median(all), p95: percentile(all, 0.95) }]),
  )
}

const text = largeWorkflow()
const editor = new DesignerEditor({ workflow: text, metadata: 'name: bench\n' })

function done(outcome: { allowed: boolean }): void {
  if (!outcome.allowed) throw new Error('a command was refused')
}

const figures = measure({
  yaml: () => void parseYaml(text),
  model: () => void readWorkflow(text),
  move: (round) => done(editor.execute({ verb: 'move-tasks', positions: { task150: { x: round, y: 7 } } })),
  input: (round) =>
    done(editor.execute({ verb: 'set-task-input', task: 'task150', key: 'cmd', value: `date ${round}` })),
  rename: (round) =>
    done(
      editor.execute({
        verb: 'rename-task',
        from: round % 2 === 0 ? 'task151' : 'other',
        to: round % 2 === 0 ? 'other' : 'task151',
      }),
    ),
  key: () => editor.type('workflow', [{ from: 40, to: 40, insert: ' ' }]),
})

const of = (name: string): number => figures[name]?.median ?? Number.NaN
const result = {
  lines: text.split('\n').length - 1,
  ...Object.fromEntries(
    Object.entries(figures).flatMap(([name, { median: middle, p95 }]) => [
      [`${name}_ms`, rounded(middle)],
      [`${name}_p95_ms`, rounded(p95)],
    ]),
  ),
  model_to_yaml: rounded(of('model') / of('yaml')),
  edit_to_yaml: rounded(Math.max(of('move'), of('input'), of('rename')) / of('yaml')),
  promises: PROMISES,
  kept: {
    model_ms: of('model') <= PROMISES.model_ms,
    edit_ms: Math.max(of('move'), of('input'), of('rename')) <= PROMISES.edit_ms,
    key_ms: of('key') <= PROMISES.key_ms,
  },
}
if (options.json) console.log(JSON.stringify(result))
else for (const [name, value] of Object.entries(result)) console.log(name.padEnd(18), value)
