import { findReferences } from '@st2/expressions'
import type { WorkflowSpec } from '@st2/orquesta'
import { entriesOf, isDict } from '@st2/python-values'

/** Where secrets come into a workflow from. */
export interface SecretOrigins {
  /** Names of inputs that are secret. */
  readonly inputs: ReadonlySet<string>
  /** Tasks whose results are secret in part. */
  readonly tasks: ReadonlySet<string>
  /** Whether deciphered items of the datastore count. */
  readonly datastore: boolean
}

/** What a value that may hold expressions is made of. */
interface Uses {
  readonly variables: readonly string[]
  readonly tasks: readonly string[]
  /** All variables, or expressions that can not be read. */
  readonly isOpen: boolean
  readonly decrypts: boolean
}

/**
 * The variables of a workflow that are made of secrets, whatever was done to these. It follows from the names that expressions use, not
 * from values; a variable that is made of a secret anywhere counts as such everywhere.
 */
export class SecretVariables {
  readonly names: ReadonlySet<string>
  readonly #origins: SecretOrigins

  constructor(spec: WorkflowSpec, origins: SecretOrigins) {
    this.#origins = origins
    const names = new Set(origins.inputs)
    this.names = names
    const open = assignmentsOf(spec)
    for (let found = true; found; ) {
      found = false
      for (const { name, uses } of open) {
        if (names.has(name) || !this.#isSecret(uses)) continue
        names.add(name)
        found = true
      }
    }
  }

  /** @param task whose result the value may use */
  makes(value: unknown, task?: string): boolean {
    return this.#isSecret(usesOf(value, task))
  }

  #isSecret({ variables, tasks, isOpen, decrypts }: Uses): boolean {
    const { tasks: secretTasks, datastore } = this.#origins
    return (
      (decrypts && datastore) ||
      (isOpen && this.names.size > 0) ||
      variables.some((name) => this.names.has(name)) ||
      tasks.some((name) => secretTasks.has(name))
    )
  }
}

function assignmentsOf(spec: WorkflowSpec): { readonly name: string; readonly uses: Uses }[] {
  const made = (name: string, value: unknown, task?: string) => ({ name, uses: usesOf(value, task) })
  return [
    ...spec.input.map(({ name, default: value }) => made(name, value)),
    ...[...spec.vars, ...spec.output].map(({ name, value }) => made(name, value)),
    ...[...spec.tasks.values()].flatMap((task) =>
      task.next.flatMap(({ publish }) => publish.map(({ name, value }) => made(name, value, task.name))),
    ),
  ]
}

/** `ctx()` of which no single variable is taken. */
const ALL_VARIABLES = /\bctx\(\s*\)(?!\s*\??\.\s*(?:get\s*\(|\w+\b(?!\s*\())|\s*\[\s*['"\w])/

function usesOf(value: unknown, task: string | undefined): Uses {
  const found = textsIn(value).map((text) => ({ text, ...findReferences(text) }))
  const named = (kind: string): string[] =>
    found.flatMap(({ references }) => references.filter((one) => one.kind === kind).map(({ name }) => name))
  const usesResult = task !== undefined && found.some(({ text }) => /\bresult\s*\(/.test(text))
  return {
    variables: named('variable'),
    tasks: [...named('task'), ...(usesResult ? [task] : [])],
    isOpen: found.some(({ text, unread }) => unread.length > 0 || ALL_VARIABLES.test(text)),
    decrypts: found.some(({ text }) => /\bst2kv\b[^]*\bdecrypt/.test(text)),
  }
}

/** Of lists and mappings of any kind, names included. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return /<%|\{\{|\{%/.test(value) ? [value] : []
  if (Array.isArray(value)) return value.flatMap(textsIn)
  return isDict(value) ? entriesOf(value).flatMap(([key, inner]) => [...textsIn(key), ...textsIn(inner)]) : []
}
