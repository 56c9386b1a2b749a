import type { DesignerCommand, WorkflowModel } from '../src/index.ts'
import type { Chance } from './odd-yaml.ts'

/** A command that mostly fits the model. */
export function randomCommand(model: WorkflowModel, chance: Chance): DesignerCommand {
  const maker = chance.pick(MAKERS)
  return maker(model, chance)
}

type Maker = (model: WorkflowModel, chance: Chance) => DesignerCommand

const VALUES = [
  '<% ctx(a) %>',
  'plain',
  7,
  true,
  null,
  ['x', 1],
  { k: 'v' },
  'two\nlines',
  '',
  'on',
  'q\'uote"s',
] as const

function anyTask({ tasks }: WorkflowModel, chance: Chance): string {
  return tasks[chance.below(tasks.length)]?.name ?? 'none'
}

function anyTransition(model: WorkflowModel, chance: Chance): { task: string; index: number } {
  const all = model.tasks.flatMap((task) => task.next.map(({ index }) => ({ task: task.name, index })))
  return all[chance.below(all.length)] ?? { task: anyTask(model, chance), index: 0 }
}

function position(chance: Chance): { x: number; y: number } {
  return { x: chance.below(500) - 100, y: chance.below(500) }
}

function targets(model: WorkflowModel, chance: Chance): string[] {
  const all = new Set([anyTask(model, chance), anyTask(model, chance), chance.pick(['fail', 'noop', 'continue'])])
  return [...all].slice(0, 1 + chance.below(3))
}

function publish(chance: Chance): { name: string; value: unknown }[] {
  return ['p', 'a', 'q'].filter(() => chance.is(0.5)).map((name) => ({ name, value: chance.pick(VALUES) }))
}

const MAKERS: readonly [Maker, ...Maker[]] = [
  (model, chance) => ({
    verb: 'add-task',
    name: `new${chance.below(99)}`,
    action: 'core.local',
    ...(chance.is(0.5) ? { position: position(chance) } : {}),
    ...(chance.is(0.5) ? { after: anyTask(model, chance) } : {}),
    ...(chance.is(0.5) ? { fields: { input: { cmd: chance.pick(VALUES) }, delay: 3 } } : {}),
  }),
  (model, chance) => ({ verb: 'remove-tasks', names: [anyTask(model, chance)] }),
  (model, chance) => ({ verb: 'rename-task', from: anyTask(model, chance), to: `r${chance.below(99)}` }),
  (model, chance) => ({
    verb: 'move-tasks',
    positions: Object.fromEntries(
      model.tasks.filter(() => chance.is(0.5)).map(({ name }) => [name, chance.is(0.8) ? position(chance) : null]),
    ),
  }),
  (model, chance) => ({
    verb: 'set-task-field',
    task: anyTask(model, chance),
    ...chance.pick([
      { field: 'action', value: 'core.other' },
      { field: 'action', value: null },
      { field: 'input', value: { cmd: chance.pick(VALUES), n: 1 } },
      { field: 'input', value: '<% ctx() %>' },
      { field: 'input', value: null },
      { field: 'with', value: { items: 'y in <% ctx(b) %>', concurrency: chance.pick([null, 3]) } },
      { field: 'with', value: null },
      { field: 'join', value: chance.pick(['all', 2, null]) },
      { field: 'delay', value: chance.pick([5, '<% ctx(a) %>', null]) },
      { field: 'retry', value: chance.pick([{ count: 3 }, { when: '<% failed() %>', count: 1, delay: 2 }, null]) },
    ]),
  }),
  (model, chance) => ({
    verb: 'set-task-input',
    task: anyTask(model, chance),
    key: chance.pick(['cmd', 'url', 'new']),
    value: chance.is(0.8) ? chance.pick(VALUES) : undefined,
  }),
  (model, chance) => ({
    verb: 'add-transition',
    task: anyTask(model, chance),
    do: targets(model, chance),
    ...(chance.is(0.5) ? { when: '<% failed() %>' } : {}),
    ...(chance.is(0.5) ? { publish: publish(chance) } : {}),
    ...(chance.is(0.3) ? { color: '#aa5dd1' } : {}),
    ...(chance.is(0.3) ? { index: 0 } : {}),
  }),
  (model, chance) => ({ verb: 'remove-transition', ...anyTransition(model, chance) }),
  (model, chance) => ({
    verb: 'set-transition',
    ...anyTransition(model, chance),
    ...(chance.is(0.4) ? { do: chance.is(0.8) ? targets(model, chance) : null } : {}),
    ...(chance.is(0.4) ? { when: chance.is(0.7) ? '<% completed() %>' : null } : {}),
    ...(chance.is(0.4) ? { publish: chance.is(0.8) ? publish(chance) : null } : {}),
    ...(chance.is(0.3) ? { color: chance.is(0.7) ? '#629e47' : null } : {}),
  }),
  (model, chance) => {
    const { task } = anyTransition(model, chance)
    const length = model.taskNames.get(task)?.next.length ?? 0
    return { verb: 'move-transition', task, from: chance.below(length), to: chance.below(length) }
  },
  (_, chance) => ({
    verb: 'set-entry',
    section: chance.pick(['input', 'vars', 'output']),
    name: chance.pick(['a', 'b', 'fresh']),
    value: chance.is(0.7) ? chance.pick(VALUES) : undefined,
  }),
  (_, chance) => ({
    verb: 'remove-entry',
    section: chance.pick(['input', 'vars', 'output']),
    name: chance.pick(['a', 'b']),
  }),
  (model, chance) => {
    const section = chance.pick(['input', 'vars', 'output'])
    return {
      verb: 'move-entry',
      section,
      from: chance.below(model[section].length),
      to: chance.below(model[section].length),
    }
  },
  (_, chance) => ({ verb: 'rename-entry', section: 'output', from: chance.pick(['a', 'b']), to: 'outcome' }),
  (_, chance) => ({ verb: 'rename-variable', from: chance.pick(['a', 'b', 'count', 'name_1']), to: 'renamed' }),
  (_, chance) => ({
    verb: 'set-workflow-field',
    field: chance.pick(['version', 'name', 'description']),
    value: chance.pick(['text', null, 'two\nlines\n', '1.0']),
  }),
]
