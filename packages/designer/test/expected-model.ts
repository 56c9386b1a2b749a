import type { DesignerCommand, TaskModel, TransitionModel, WorkflowModel } from '../src/index.ts'

/** What a model says, without how it is written. */
export interface PlainWorkflow {
  version: unknown
  name: unknown
  description: unknown
  tasks: PlainTask[]
  input: unknown[]
  vars: unknown[]
  output: unknown[]
}

type PlainTask = Pick<TaskModel, 'name' | 'position' | 'action' | 'join' | 'delay'> & {
  input: unknown
  with: unknown
  retry: unknown
  undrawn: unknown
  next: PlainTransition[]
}
type PlainTransition = Pick<TransitionModel, 'when' | 'color'> & { publish: unknown[]; do: string[] }

export function plainWorkflow(model: WorkflowModel): PlainWorkflow {
  const { version, name, description, input, vars, output, tasks } = model
  return structuredClone({
    version,
    name,
    description,
    input: [...input],
    vars: [...vars],
    output: [...output],
    tasks: tasks.map(plainTask),
  })
}

function plainTask({ inputForm: _, isShared: __, ...task }: TaskModel): PlainTask {
  const items = task.with === null ? null : { items: task.with.items, concurrency: task.with.concurrency }
  const input = Array.isArray(task.input)
    ? Object.fromEntries(task.input.map(({ name, value }) => [name, value]))
    : task.input
  return {
    ...task,
    input,
    with: items,
    next: task.next.map(({ when, publish, do: names, color }) => ({
      when,
      publish: [...publish],
      do: [...names],
      color,
    })),
  }
}

/** What a workflow says after a command, worked out without any text; null for verbs that are checked in another way. */
export function expectedWorkflow(before: PlainWorkflow, command: DesignerCommand): PlainWorkflow | null {
  const after = structuredClone(before)
  const task = 'task' in command ? after.tasks.find(({ name }) => name === command.task) : undefined
  switch (command.verb) {
    case 'add-task': {
      const index =
        command.after === undefined
          ? after.tasks.length
          : after.tasks.findIndex(({ name }) => name === command.after) + 1
      after.tasks.splice(index, 0, newTask(command))
      return after
    }
    case 'remove-tasks':
      after.tasks = after.tasks.filter(({ name }) => !command.names.includes(name))
      for (const other of after.tasks) other.next = other.next.flatMap((one) => withoutTargets(one, command.names))
      return after
    case 'move-tasks':
      for (const one of after.tasks)
        if (one.name in command.positions) one.position = command.positions[one.name] ?? null
      return after
    case 'set-task-field':
      if (task !== undefined) Object.assign(task, { [command.field]: fieldValue(command.field, command.value) })
      return after
    case 'set-task-input':
      if (task !== undefined) task.input = inputWith(task.input, command.key, command.value)
      return after
    case 'add-transition': {
      const { when = null, publish = [], do: names = [], color = null } = command
      task?.next.splice(command.index ?? task.next.length, 0, {
        when,
        color,
        publish: [...(publish ?? [])],
        do: [...(names ?? [])],
      })
      return after
    }
    case 'remove-transition':
      task?.next.splice(command.index, 1)
      return after
    case 'set-transition': {
      const one = task?.next[command.index]
      if (one === undefined) return after
      if (command.when !== undefined) one.when = command.when
      if (command.publish !== undefined) one.publish = [...(command.publish ?? [])]
      if (command.do !== undefined) one.do = [...(command.do ?? [])]
      // a colour stands above the targets and goes with them
      if (command.do === null) one.color = null
      if (command.color !== undefined) one.color = command.color
      return after
    }
    case 'move-transition':
      move(task?.next ?? [], command.from, command.to)
      return after
    case 'set-entry': {
      const entries = after[command.section]
      const entry = entryOf(command.section, command.name, command.value)
      const index = entries.findLastIndex((one) => Reflect.get(Object(one), 'name') === command.name)
      entries.splice(index === -1 ? entries.length : index, index === -1 ? 0 : 1, entry)
      return after
    }
    case 'remove-entry': {
      const index = after[command.section].findLastIndex((one) => Reflect.get(Object(one), 'name') === command.name)
      after[command.section].splice(index, 1)
      return after
    }
    case 'move-entry':
      move(after[command.section], command.from, command.to)
      return after
    case 'rename-entry':
      for (const one of after.output)
        if (Reflect.get(Object(one), 'name') === command.from) Object.assign(Object(one), { name: command.to })
      return after
    case 'set-workflow-field':
      if (command.field !== 'tags') after[command.field] = command.value
      return after
    default:
      return null
  }
}

function newTask({ name = '', action, position, fields }: Extract<DesignerCommand, { verb: 'add-task' }>): PlainTask {
  const rest = { with: null, join: null, retry: null, undrawn: [], next: [] }
  const { input = null, delay = null } = fields ?? {}
  return { name, position: position ?? null, action: action ?? null, input, delay, ...rest }
}

function withoutTargets(one: PlainTransition, names: readonly string[]): PlainTransition[] {
  const left = one.do.filter((name) => !names.includes(name))
  if (left.length === one.do.length) return [one]
  if (left.length === 0 && one.publish.length === 0) return []
  return [{ ...one, do: left, color: left.length === 0 ? null : one.color }]
}

function fieldValue(field: string, value: unknown): unknown {
  if (value === null) return null
  if (field === 'with') return { concurrency: null, ...Object(value) }
  return field === 'retry' ? { when: null, delay: null, ...Object(value) } : value
}

function inputWith(input: unknown, key: string, value: unknown): unknown {
  const entries = { ...Object(input), [key]: value }
  if (value === undefined) delete entries[key]
  return Object.keys(entries).length === 0 ? null : entries
}

function entryOf(section: string, name: string, value: unknown): unknown {
  if (section !== 'input') return { name, value: value ?? null }
  return { name, hasDefault: value !== undefined, default: value ?? null }
}

function move(list: unknown[], from: number, to: number): void {
  list.splice(to, 0, ...list.splice(from, 1))
}
