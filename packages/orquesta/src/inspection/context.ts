import { ExpressionLimitError, type VariableReference, type WorkflowExpressions } from '@st2/expressions'
import { compareText, entriesOf, isDict, isTruthy, keysOf, str } from '@st2/python-values'
import { MAX_INLINE_LENGTH, parseInlineParameters } from '../spec/inline-parameters.ts'
import type { SpecPlaces } from '../spec/places.ts'
import type { TaskSpec, TransitionSpec, WorkflowSpec } from '../spec/workflow-spec.ts'
import { type ExpressionEntry, locate, property } from './inspection-entry.ts'
import { type Field, rawOf, taskFields, transitionFields } from './task-fields.ts'
import { TaskLinks } from './task-links.ts'

/**
 * Visits of tasks while names are carried along. A task is visited once for each set of names that reaches it, which may double with
 * every branch; past this number each task is visited once more at most.
 */
const MAX_CONTEXT_VISITS = 10_000

/** Of a text that is itself the mistake. */
const MAX_SHOWN_LENGTH = 200

type Names = ReadonlySet<string>

/**
 * Variables that are read before anything assigns them, and private ones.
 *
 * @param known names that the caller's context has
 * @source orquesta: orquesta/specs/base.py inspect_context, orquesta/specs/native/v1/models.py TaskMappingSpec.inspect_context
 */
export function inspectContext(
  spec: WorkflowSpec,
  expressions: WorkflowExpressions,
  known: Iterable<string>,
): ExpressionEntry[] {
  return new ContextInspection(spec, expressions).run(new Set(known))
}

class ContextInspection {
  readonly #spec: WorkflowSpec
  readonly #expressions: WorkflowExpressions
  readonly #places: SpecPlaces
  readonly #entries: ExpressionEntry[] = []

  constructor(spec: WorkflowSpec, expressions: WorkflowExpressions) {
    this.#spec = spec
    this.#expressions = expressions
    this.#places = spec.places
  }

  run(known: Names): ExpressionEntry[] {
    const declared = this.#fields([this.#field('input'), this.#field('vars')], known)
    const reached = this.#spec.tasks.size === 0 ? declared : this.#tasks(declared)
    this.#fields([this.#field('output')], reached)
    return this.#entries
  }

  #field(name: string): Field {
    return { paths: property({ spec: [], schema: '' }, name), value: rawOf(this.#spec.raw, name), assigns: true }
  }

  /** The names that any task saw or assigned. */
  #tasks(declared: Names): Names {
    const links = new TaskLinks(this.#spec)
    const walk = new TaskWalk(links, declared)
    let all = declared
    for (let visit = walk.next(); visit !== null; visit = walk.next()) {
      const task = links.isReserved(visit.task) ? undefined : this.#spec.tasks.get(visit.task)
      const here = task === undefined ? visit.names : this.#task(task, visit.names)
      all = union(all, here)
      for (const transition of links.transitionsOf(visit.task)) {
        // once for each destination: so often do the mistakes of a transition count
        for (const to of transition.do) {
          const names = task === undefined ? here : union(here, this.#transition(task, transition, here))
          walk.lead(to, names)
        }
      }
    }
    return all
  }

  #task(task: TaskSpec, names: Names): Names {
    return this.#fields(taskFields(task), names)
  }

  #transition(task: TaskSpec, transition: TransitionSpec, names: Names): Names {
    return this.#fields(transitionFields(task, transition), names)
  }

  /** Mistakes of one task or transition stand in the order of their paths; the names grow from field to field. */
  #fields(fields: readonly Field[], names: Names): Names {
    const found: ExpressionEntry[] = []
    let rolling = names
    for (const field of fields) {
      for (const part of partsOf(field)) {
        found.push(...this.#mistakes(part, rolling))
        if (field.assigns === true) rolling = union(rolling, new Set(assignedBy(part.value)))
      }
    }
    this.#entries.push(...found.sort((left, right) => compareText(left.spec_path ?? '', right.spec_path ?? '')))
    return rolling
  }

  #mistakes({ paths, value, written }: Field, names: Names): ExpressionEntry[] {
    const references = this.#references(value)
    if (references instanceof ExpressionLimitError) {
      const expression = str(value).slice(0, MAX_SHOWN_LENGTH)
      return [{ type: null, expression, message: references.message, ...locate(paths, this.#places, written) }]
    }
    return references.flatMap(({ type, expression, name }) => {
      const entry = (message: string): ExpressionEntry => {
        return { type, expression, message, ...locate(paths, this.#places, written) }
      }
      return [
        ...(name.startsWith('__') ? [entry(privateVariable(name))] : []),
        ...(names.has(name) ? [] : [entry(`Variable "${name}" is referenced before assignment.`)]),
      ]
    })
  }

  /** A text that takes too long to search is a mistake of its own. */
  #references(value: unknown): VariableReference[] | ExpressionLimitError {
    try {
      return this.#expressions.variables(value)
    } catch (error) {
      if (error instanceof ExpressionLimitError) return error
      throw error
    }
  }
}

function privateVariable(name: string): string {
  return `Variable "${name}" that is prefixed with double underscores is considered a private variable and cannot be referenced.`
}

/** Lists are looked at entry by entry, and so are inline parameters. */
function partsOf({ paths, value, written }: Field): Field[] {
  if (!isTruthy(value)) return []
  // NOTE: in a longer text the parameters are not told apart: it is reported as a whole.
  const inline = typeof value === 'string' && value.length <= MAX_INLINE_LENGTH ? parseInlineParameters(value) : []
  const list: unknown = inline.length > 0 ? inline.map((pair) => new Map([pair])) : value
  if (!Array.isArray(list)) return [{ paths, value, ...(written === undefined ? {} : { written }) }]
  return list.map((item: unknown, index) => ({
    paths: { spec: [...paths.spec, index], schema: paths.schema },
    value: item,
    ...(written === undefined ? {} : { written }),
  }))
}

function assignedBy(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (isDict(value)) return keysOf(value).map(str)
  if (!Array.isArray(value)) return []
  return value.flatMap((item: unknown) => {
    if (typeof item === 'string') return [item]
    return isDict(item) && entriesOf(item).length === 1 ? keysOf(item).map(str) : []
  })
}

function union(left: Names, right: Names): Names {
  return [...right].every((name) => left.has(name)) ? left : new Set([...left, ...right])
}

interface Visit {
  task: string
  names: Names
}

/** Breadth first from the start tasks: along each transition with the names known there, into a join with those of all arrivals. */
class TaskWalk {
  readonly #links: TaskLinks
  readonly #queue: { task: string; names: Names | null }[]
  readonly #visited = new Set<string>()
  readonly #queued = new Set<string>()
  readonly #joined = new Map<string, Names>()
  readonly #carried = new Map<string, Names>()
  #at = 0

  constructor(links: TaskLinks, names: Names) {
    this.#links = links
    this.#queue = links.starts.map((task) => ({ task, names }))
  }

  next(): Visit | null {
    const entry = this.#queue[this.#at]
    if (entry === undefined) return null
    this.#at += 1
    this.#visited.add(entry.task)
    const names = entry.names === null || entry.names.size === 0 ? this.#joined.get(entry.task) : entry.names
    return { task: entry.task, names: names ?? new Set() }
  }

  lead(task: string, names: Names): void {
    if (this.#visited.has(task) || !this.#links.isKnown(task)) return
    if (this.#queue.length >= MAX_CONTEXT_VISITS && this.#queued.has(task)) return
    this.#queued.add(task)
    if (isTruthy(this.#links.join(task))) {
      this.#joined.set(task, union(this.#joined.get(task) ?? new Set(), names))
      this.#queue.push({ task, names: null })
    } else if (!isSame(this.#carried.get(task), names)) {
      this.#carried.set(task, names)
      this.#queue.push({ task, names })
    }
  }
}

function isSame(known: Names | undefined, names: Names): boolean {
  return known !== undefined && known.size === names.size && [...names].every((name) => known.has(name))
}
