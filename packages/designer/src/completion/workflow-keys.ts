/** A key of a workflow's definition. */
export interface KeyHelp {
  name: string
  /** What its value is, in a few words. */
  type: string
  help: string
  /** How its value begins. `block`: a mapping on the next lines; `list`: a list there. @default inline */
  form?: 'block' | 'list'
}

/** @source orquesta: orquesta/specs/native/v1/models.py */
const ROOT: readonly KeyHelp[] = [
  { name: 'version', type: '1.0', help: 'The version of the language. There is one: 1.0.' },
  { name: 'description', type: 'text', help: 'What the workflow is for.' },
  {
    name: 'input',
    type: 'list',
    form: 'list',
    help: 'Names that the workflow takes, each with a default if it has one. What is not listed here is dropped.',
  },
  {
    name: 'vars',
    type: 'list of name: value',
    form: 'list',
    help: 'Variables that are set before the first task, in order: later ones see earlier ones.',
  },
  {
    name: 'tasks',
    type: 'mapping',
    form: 'block',
    help: 'The tasks by name. Tasks that no other one leads to start first.',
  },
  {
    name: 'output',
    type: 'list of name: value',
    form: 'list',
    help: 'What the workflow gives back, whether it succeeded or failed.',
  },
  { name: 'tags', type: 'list of texts', form: 'list', help: 'Words to find the workflow by; they change nothing.' },
  { name: 'name', type: 'text', help: 'A name for readers; it changes nothing.' },
]

const TASK: readonly KeyHelp[] = [
  {
    name: 'action',
    type: 'pack.name',
    help: 'The action to run. Parameters can stand behind it: core.echo message="hello".',
  },
  { name: 'input', type: 'mapping or expression', form: 'block', help: "The action's parameters." },
  {
    name: 'next',
    type: 'list of transitions',
    form: 'list',
    help: 'What happens when the task has ended. Every entry whose condition holds is followed.',
  },
  {
    name: 'with',
    type: 'items',
    help: 'Runs the action once for each item: host in <% ctx().hosts %>. The item is read as <% item(host) %>.',
  },
  {
    name: 'join',
    type: 'all or a number',
    help: 'Waits until all tasks that lead here, or as many of them, have done so; then runs once.',
  },
  { name: 'delay', type: 'seconds', help: 'Seconds to wait before the task runs: a number or an expression.' },
  {
    name: 'retry',
    type: 'mapping',
    form: 'block',
    help: 'Runs the task again when it ended badly, or when a condition holds.',
  },
]

const WITH: readonly KeyHelp[] = [
  { name: 'items', type: 'name in expression', help: 'What to run the action for: host in <% ctx().hosts %>.' },
  { name: 'concurrency', type: 'number or expression', help: 'How many items run at the same time. Without it: all.' },
]

const RETRY: readonly KeyHelp[] = [
  { name: 'count', type: 'number or expression', help: 'How often to run the task again at most. It must be given.' },
  { name: 'delay', type: 'seconds', help: 'Seconds to wait before each time.' },
  { name: 'when', type: 'expression', help: 'When to run it again. Without it: when it failed.' },
]

const TRANSITION: readonly KeyHelp[] = [
  {
    name: 'when',
    type: 'expression',
    help: 'Follow this entry only when it holds: <% succeeded() %>. Without it: always.',
  },
  {
    name: 'publish',
    type: 'list of name: value',
    form: 'list',
    help: 'Variables to set for what follows, in order: later ones see earlier ones.',
  },
  {
    name: 'do',
    type: 'tasks',
    help: 'Tasks that follow: one, several with commas, or a list. Also the commands continue, noop, fail and retry.',
  },
]

const PLACES: readonly { path: readonly string[]; keys: readonly KeyHelp[] }[] = [
  { path: [], keys: ROOT },
  { path: ['tasks', '*'], keys: TASK },
  { path: ['tasks', '*', 'with'], keys: WITH },
  { path: ['tasks', '*', 'retry'], keys: RETRY },
  { path: ['tasks', '*', 'next', '#'], keys: TRANSITION },
]

/** The keys that a mapping can have; null where they are the author's. */
export function keysAt(path: readonly (string | number)[]): readonly KeyHelp[] | null {
  return PLACES.find((place) => pathFits(path, place.path))?.keys ?? null
}

/** @param pattern `*` fits any key, `#` an entry of a list */
export function pathFits(path: readonly (string | number)[], pattern: readonly string[]): boolean {
  return (
    path.length === pattern.length &&
    pattern.every((step, at) => (step === '#' ? typeof path[at] === 'number' : step === '*' || step === path[at]))
  )
}

/** Commands to the engine in `do`. */
export const COMMAND_HELP: Readonly<Record<string, string>> = {
  continue: 'Nothing follows; the workflow goes on with its other tasks.',
  noop: 'Nothing follows; the workflow goes on with its other tasks.',
  fail: 'The workflow fails.',
  retry: 'The task runs again.',
}
