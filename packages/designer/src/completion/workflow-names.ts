import {
  analyseWorkflow,
  loadWorkflow,
  type ReachingVariable,
  splitItems,
  type WorkflowAnalysis,
  WorkflowLoadError,
  type WorkflowSpec,
} from '@st2/orquesta'
import { YamlError } from '@st2/yaml'
import { GIVEN_VARIABLES } from '../rules/given-variables.ts'

/** A name that expressions may use, and where it is from. */
export interface KnownName {
  name: string
  detail: string
}

/** What expressions at a place may name. */
export interface ExpressionNames {
  variables: readonly KnownName[]
  tasks: readonly KnownName[]
  /** What an item's parts are called; empty where the item has none; null outside of items. */
  items: readonly string[] | null
}

/** Where in a workflow an expression is. */
export type NamesPlace =
  | { kind: 'input'; index: number }
  | { kind: 'vars'; index: number }
  | { kind: 'output'; index: number }
  | { kind: 'task'; task: string }
  | { kind: 'transition'; task: string; transition: number; published: number }

/** What the last text that could be read names. While somebody types, most texts can not. */
export class WorkflowNames {
  #text: string | null = null
  #read: { spec: WorkflowSpec; analysis: WorkflowAnalysis } | null = null

  /**
   * The last workflow that could be read, this text's where it can be.
   *
   * @param caret its line is left out where it alone is in the way: it is being written
   */
  specOf(text: string, caret?: number): WorkflowSpec | null {
    this.#update(text, caret)
    return this.#read?.spec ?? null
  }

  namesAt(text: string, place: NamesPlace, caret?: number): ExpressionNames {
    this.#update(text, caret)
    if (this.#read === null) return { variables: given(), tasks: [], items: null }
    const { spec, analysis } = this.#read
    return {
      variables: variablesAt(spec, analysis, place),
      tasks: [...spec.tasks.values()].map(({ name, action }) => ({
        name,
        detail: typeof action === 'string' ? action : '',
      })),
      items: place.kind === 'task' ? itemNames(spec, place.task) : null,
    }
  }

  #update(text: string, caret: number | undefined): void {
    if (text === this.#text) return
    this.#text = text
    const spec = load(text) ?? (caret === undefined ? null : load(withoutLine(text, caret)))
    if (spec !== null) this.#read = { spec, analysis: analyseWorkflow(spec, GIVEN_VARIABLES) }
  }
}

function load(text: string): WorkflowSpec | null {
  try {
    return loadWorkflow(text)
  } catch (error) {
    if (!(error instanceof WorkflowLoadError) && !(error instanceof YamlError)) throw error
    return null
  }
}

function withoutLine(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1
  const end = text.indexOf('\n', offset)
  return text.slice(0, start) + (end === -1 ? '' : text.slice(end))
}

function variablesAt(spec: WorkflowSpec, analysis: WorkflowAnalysis, place: NamesPlace): KnownName[] {
  if (place.kind === 'input') return [...given(), ...inputs(spec, place.index)]
  if (place.kind === 'vars') return [...given(), ...inputs(spec), ...assigned(spec.vars, place.index, 'variable')]
  if (place.kind === 'output')
    return merged([...analysis.variablesAtOutput().map(described), ...assigned(spec.output, place.index, 'output')])
  // A task that never runs may be one that nothing leads to yet.
  const reaching = (analysis.variablesAt(place.task) ?? analysis.variablesAtOutput()).map(described)
  if (place.kind === 'task') return reaching
  const transition = spec.tasks.get(place.task)?.next[place.transition]
  return merged([...reaching, ...assigned(transition?.publish ?? [], place.published, 'published here')])
}

function given(): KnownName[] {
  return GIVEN_VARIABLES.map((name) => ({ name, detail: 'given by the platform' }))
}

function inputs(spec: WorkflowSpec, before = spec.input.length): KnownName[] {
  return spec.input.slice(0, before).map(({ name }) => ({ name, detail: 'input' }))
}

function assigned(list: readonly { name: string }[], before: number, detail: string): KnownName[] {
  return list.slice(0, before).map(({ name }) => ({ name, detail }))
}

function merged(names: readonly KnownName[]): KnownName[] {
  return [...new Map(names.map((known) => [known.name, known])).values()]
}

/** `published by t1, t2; not on every way`. */
function described({ name, isCertain, origins }: ReachingVariable): KnownName {
  const publishers = [...new Set(origins.flatMap((origin) => (origin.kind === 'publish' ? [origin.task] : [])))]
  const kinds = new Set(origins.map(({ kind }) => kind))
  const sources = [
    ...(kinds.has('given') ? ['given by the platform'] : []),
    ...(kinds.has('input') ? ['input'] : []),
    ...(kinds.has('vars') ? ['variable'] : []),
    ...(publishers.length > 0 ? [`published by ${listed(publishers)}`] : []),
  ]
  return { name, detail: `${sources.join(', ')}${isCertain ? '' : '; not on every way'}` }
}

const MAX_LISTED = 3

function listed(names: readonly string[]): string {
  const rest = names.length - MAX_LISTED
  return `${names.slice(0, MAX_LISTED).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`
}

function itemNames(spec: WorkflowSpec, task: string): string[] | null {
  const items = spec.tasks.get(task)?.with
  if (items == null) return null
  return items.items === null ? [] : (splitItems(items.items).names ?? [])
}
