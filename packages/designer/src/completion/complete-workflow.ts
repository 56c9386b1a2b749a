import { ENGINE_COMMANDS } from '@st2/orquesta'
import { type CaretPlace, caretPlace } from './caret-place.ts'
import { completeExpression } from './complete-expression.ts'
import { expressionSpanAt } from './expression-spans.ts'
import { namesPlace, seesItems } from './names-place.ts'
import type { Suggestion, Suggestions } from './suggestion.ts'
import { COMMAND_HELP, type KeyHelp, keysAt, pathFits } from './workflow-keys.ts'
import type { WorkflowNames } from './workflow-names.ts'

/** What could be written at a place of a workflow, or what to ask for first: only the platform knows its actions. */
export type WorkflowCompletion =
  | { kind: 'ready'; suggestions: Suggestions }
  | { kind: 'action'; from: number; to: number; words: string }
  | { kind: 'parameters'; action: string; given: readonly string[]; place: CaretPlace }
  | { kind: 'parameter-value'; action: string; parameter: string; from: number; to: number }

/** @param text with LF as line ends */
export function completeWorkflow(text: string, offset: number, names: WorkflowNames): WorkflowCompletion | null {
  const place = caretPlace(text, offset)
  if (place.kind === 'none') return null
  // Everything below asks for what this reads.
  names.specOf(text, offset)
  const span = expressionSpanAt(text, offset)
  if (span !== null) {
    const where = namesPlace(place.path)
    const content = { text, language: span.language, from: span.contentFrom, to: span.contentTo }
    const known = names.namesAt(text, where ?? { kind: 'output', index: 0 })
    const seen = seesItems(place.path) ? known : { ...known, items: null }
    return { kind: 'ready', suggestions: completeExpression(content, offset, seen) }
  }
  if (isInDo(place.path)) return ready(place, lastName(place), targets(text, names, place))
  return place.kind === 'key' ? completeKey(text, place, names) : completeValue(text, place, names)
}

function completeKey(text: string, place: CaretPlace, names: WorkflowNames): WorkflowCompletion | null {
  const { path } = place
  const keys = keysAt(path)
  if (keys !== null) {
    const free = keys.filter(({ name }) => !place.siblings.includes(name) || name === place.word)
    return ready(
      place,
      place,
      free.map((key) => keySuggestion(key, place)),
    )
  }
  if (pathFits(path, ['tasks', '*', 'input'])) {
    const action = actionOf(text, path[1], names)
    return action === null ? null : { kind: 'parameters', action, given: place.siblings, place }
  }
  if (pathFits(path, ['tasks'])) return ready(place, place, missingTasks(text, place, names))
  return null
}

function completeValue(text: string, place: CaretPlace, names: WorkflowNames): WorkflowCompletion | null {
  const { path } = place
  const { from, to } = place
  if (pathFits(path, ['tasks', '*', 'action'])) {
    // Behind the action are its parameters.
    return /\s/.test(place.word) ? null : { kind: 'action', from, to: from + wordLength(text, from), words: place.word }
  }
  if (pathFits(path, ['tasks', '*', 'input', '*'])) {
    const action = actionOf(text, path[1], names)
    return action === null ? null : { kind: 'parameter-value', action, parameter: String(path[3]), from, to }
  }
  const values = VALUES.find((row) => pathFits(path, row.path))?.values
  return values === undefined || place.word.includes(' ') ? null : ready(place, place, values)
}

/** Up to a blank. */
function wordLength(text: string, from: number): number {
  return /^[^\s#]*/.exec(text.slice(from))?.[0].length ?? 0
}

function expression(content: string, help: string): Suggestion {
  const insert = `<% ${content} %>`
  return { label: insert, kind: 'value', detail: '', help, insert }
}

function value(insert: string, detail: string, help: string): Suggestion {
  return { label: insert, kind: 'value', detail, help, insert }
}

const CONDITIONS = [
  expression('succeeded()', 'The task succeeded.'),
  expression('failed()', 'The task failed.'),
  expression('completed()', 'The task has ended, whatever came of it.'),
]

const VALUES: readonly { path: readonly string[]; values: readonly Suggestion[] }[] = [
  { path: ['version'], values: [value('1.0', '', 'The only version of the language.')] },
  {
    path: ['tasks', '*', 'join'],
    values: [
      value('all', '', 'Waits for every task that leads here.'),
      value('1', 'the first one', 'Runs once, when the first task has led here.'),
      value('2', 'two of them', 'Runs when so many tasks have led here.'),
    ],
  },
  { path: ['tasks', '*', 'next', '#', 'when'], values: CONDITIONS },
  { path: ['tasks', '*', 'retry', 'when'], values: CONDITIONS },
]

function ready(
  place: CaretPlace,
  range: { from: number; to: number },
  items: readonly Suggestion[],
): WorkflowCompletion {
  // A value that is typed over keeps what follows it only where it is one of several.
  return {
    kind: 'ready',
    suggestions: { from: range.from, to: Math.max(range.to, place.from), items, isFiltered: false },
  }
}

/** The key with its colon and how its value begins, at the depth where it stands. */
function keySuggestion({ name, type, help, form }: KeyHelp, place: CaretPlace): Suggestion {
  return { label: name, kind: 'key', detail: type, help, ...keyInsert(name, place, form) }
}

export function keyInsert(name: string, place: CaretPlace, form?: KeyHelp['form']): { insert: string; caret?: number } {
  if (place.hasColon) return { insert: name }
  if (form === undefined || place.isFlow) return { insert: `${name}: ` }
  return { insert: `${name}:\n${' '.repeat(place.column + 2)}${form === 'list' ? '- ' : ''}` }
}

function isInDo(path: readonly (string | number)[]): boolean {
  return pathFits(path, ['tasks', '*', 'next', '#', 'do']) || pathFits(path, ['tasks', '*', 'next', '#', 'do', '#'])
}

/** Of several with commas the one that the caret is in. */
function lastName({ from, to, word }: CaretPlace): { from: number; to: number } {
  const comma = word.lastIndexOf(',')
  const start = comma + 1 + (/^\s*/.exec(word.slice(comma + 1))?.[0].length ?? 0)
  return { from: from + start, to: comma === -1 ? to : from + word.length }
}

function targets(text: string, names: WorkflowNames, place: CaretPlace): Suggestion[] {
  const tasks = [...(names.specOf(text)?.tasks.values() ?? [])]
  const own = place.path[1]
  return [
    ...tasks
      .filter(({ name }) => name !== own)
      .map(
        ({ name, action }): Suggestion => ({
          label: name,
          kind: 'task',
          detail: typeof action === 'string' ? action : '',
          help: '',
          insert: name,
        }),
      ),
    ...ENGINE_COMMANDS.map(
      (name): Suggestion => ({
        label: name,
        kind: 'word',
        detail: 'command',
        help: COMMAND_HELP[name] ?? '',
        insert: name,
      }),
    ),
  ]
}

/** Tasks that transitions lead to and that do not exist yet. */
function missingTasks(text: string, place: CaretPlace, names: WorkflowNames): Suggestion[] {
  const spec = names.specOf(text)
  if (spec === null) return []
  const named = [...spec.tasks.values()].flatMap(({ next }) => next.flatMap((transition) => transition.do))
  const commands: readonly string[] = ENGINE_COMMANDS
  return [...new Set(named)]
    .filter((name) => !spec.tasks.has(name) && !commands.includes(name) && /^\w+$/.test(name))
    .map((name) => ({
      label: name,
      kind: 'task',
      detail: 'new task',
      help: 'A transition leads to it already.',
      ...keyInsert(name, place, 'block'),
    }))
}

function actionOf(text: string, task: string | number | undefined, names: WorkflowNames): string | null {
  const action = typeof task === 'string' ? names.specOf(text)?.tasks.get(task)?.action : null
  return typeof action === 'string' && /^\w+\.[\w.-]+$/.test(action) ? action : null
}
