import { InvalidError, type ParameterSchemas } from '@st2/model'
import {
  isTemplate,
  MissingKeyError,
  parseTemplate,
  renderTemplate,
  type Template,
  TemplateSyntaxError,
  UndefinedError,
  undeclaredNames,
} from '@st2/expressions'
import { PythonError } from '@st2/python-values'
import { castParameters } from './cast-parameters.ts'
import type { RenderNames } from './render-contexts.ts'

/** What templates in parameters may name, beside the parameters themselves. @source expressions.md 10.1 */
export interface RenderScope {
  readonly action: ParameterSchemas
  readonly runner: ParameterSchemas
  /** Runner's overlaid by action's: the types values are cast to. */
  readonly effective: ParameterSchemas
  /** `action_context`, `config_context`, `st2kv`, and `trigger` for rules; and what of it is secret. */
  readonly names: RenderNames
}

export interface RequestedParameters {
  /** Supplied ones, rendered and cast, and those whose default is a template. Plain defaults are not added. */
  readonly values: Record<string, unknown>
  /** Names whose rendered value holds a secret parameter's value: they are secrets too. */
  readonly tainted: ReadonlySet<string>
}

export interface FinalParameters {
  readonly runner: Record<string, unknown>
  readonly action: Record<string, unknown>
}

/** Values of an earlier execution: data, never rendered again. */
export interface EarlierParameters {
  readonly values: Readonly<Record<string, unknown>>
  /** Names whose values were secret then. */
  readonly secret: readonly string[]
  /** Names of supplied templates that were made of something secret. */
  readonly secretTemplates?: readonly string[]
}

const NONE_EARLIER: EarlierParameters = { values: {}, secret: [] }

/**
 * First stage, when an execution is requested: templates in what the caller supplied and in defaults.
 * @throws InvalidError with upstream's texts for an unknown name, a cycle or a failing template
 */
export function renderRequested(
  scope: RenderScope,
  supplied: Readonly<Record<string, unknown>>,
  earlier: EarlierParameters = NONE_EARLIER,
): RequestedParameters {
  const nodes = new Map<string, Node>()
  for (const [name, value] of Object.entries(earlier.values)) nodes.set(name, plain(value))
  for (const [name, value] of Object.entries(supplied)) nodes.set(name, parseNode(scope, value))
  const given = [...nodes.keys()]
  const stillSecret = earlier.secret.filter((name) => !Object.hasOwn(supplied, name))
  addDefaults(scope, nodes)
  const rendered = renderNodes(nodes, scope.names.contexts)
  const values: Record<string, unknown> = {}
  for (const name of given) values[name] = rendered.get(name)
  for (const schemas of [scope.action, scope.runner]) {
    for (const [name, schema] of Object.entries(schemas)) {
      const isOwn = !given.includes(name) && schema.immutable !== true
      if (isOwn && typeof schema.default === 'string' && isTemplate(schema.default)) values[name] = rendered.get(name)
    }
  }
  const tainted = taintedNames(scope, nodes, rendered, [...stillSecret, ...(earlier.secretTemplates ?? [])])
  return { values: castParameters(values, scope.effective, tainted), tainted }
}

/**
 * Second stage, just before the run: every declared parameter has a value, null when unset. What was stored is data
 * and is not rendered again; only defaults are templates.
 */
export function renderFinal(scope: RenderScope, stored: Readonly<Record<string, unknown>>): FinalParameters {
  const nodes = new Map<string, Node>()
  for (const [name, value] of Object.entries(stored)) nodes.set(name, plain(value))
  addDefaults(scope, nodes)
  const cast = castParameters(Object.fromEntries(renderNodes(nodes, scope.names.contexts)), scope.effective)
  const runner: Record<string, unknown> = {}
  const action: Record<string, unknown> = {}
  for (const name of Object.keys(scope.runner)) runner[name] = cast[name] ?? null
  for (const name of Object.keys(scope.action)) if (!(name in scope.runner)) action[name] = cast[name] ?? null
  return { runner, action }
}

interface Node {
  readonly value: unknown
  readonly template: Template | null
  /** Whether the rendered text is JSON to be read back (a list or an object held templates). */
  readonly isContainer: boolean
  readonly names: readonly string[]
}

function plain(value: unknown): Node {
  return { value, template: null, isContainer: false, names: [] }
}

/** Text that is no valid template is literal text. */
function parseNode(scope: RenderScope, value: unknown): Node {
  const isContainer = typeof value === 'object' && value !== null
  const text = isContainer ? containerTemplate(value) : value
  if (typeof text !== 'string' || !isTemplate(text)) return plain(value)
  try {
    const template = parseTemplate(text, scope.names.environment)
    return { value, template, isContainer, names: undeclaredNames(template) }
  } catch (error) {
    if (error instanceof TemplateSyntaxError) return plain(value)
    throw error
  }
}

/** Exactly `"{{name}}"`, without blanks, keeps the native type of what it names. */
function containerTemplate(value: object): string {
  return JSON.stringify(value).replace(/"\{\{([A-z0-9_-]+)\}\}"/g, '{{$1 | to_complex}}')
}

function addDefaults(scope: RenderScope, nodes: Map<string, Node>): void {
  for (const schemas of [scope.action, scope.runner]) {
    for (const [name, schema] of Object.entries(schemas)) {
      const current = nodes.get(name)
      if (current === undefined || current.value === null || schema.immutable === true) {
        nodes.set(name, parseNode(scope, schema.default ?? null))
      }
    }
  }
}

function renderNodes(nodes: ReadonlyMap<string, Node>, contexts: RenderNames['contexts']): Map<string, unknown> {
  const rendered = new Map<string, unknown>()
  const scope: Record<string, unknown> = { ...contexts }
  for (const name of inDependencyOrder(nodes, contexts)) {
    const node = nodes.get(name)
    if (node === undefined) continue
    const value = node.template === null ? node.value : renderNode(name, node, node.template, scope)
    rendered.set(name, value)
    scope[name] = value
  }
  return rendered
}

function renderNode(name: string, node: Node, template: Template, scope: Readonly<Record<string, unknown>>): unknown {
  try {
    const text = renderTemplate(template, scope, { undefined: 'strict' })
    return node.isContainer ? JSON.parse(text) : text
  } catch (cause) {
    // A look-up that must be fetched first is no failure: the whole is rendered again with it.
    if (cause instanceof MissingKeyError) throw cause
    throw new InvalidError(`Failed to render parameter "${name}": ${reasonOf(cause, template)}`, { cause })
  }
}

/** What a failing filter says may quote its argument: not when that may have been deciphered. */
function reasonOf(cause: unknown, template: Template): string {
  if (!(cause instanceof Error)) return String(cause)
  const isQuoting = cause instanceof PythonError && !(cause instanceof UndefinedError)
  if (isQuoting && template.source.includes('decrypt_kv')) return `${cause.pythonType} (a secret took part)`
  return cause.message
}

/** Names such that each comes after those it needs. Plain values come first: nothing can go wrong with them. */
function inDependencyOrder(nodes: ReadonlyMap<string, Node>, contexts: RenderNames['contexts']): string[] {
  const order: string[] = []
  const state = new Map<string, 'open' | 'done'>()
  const visit = (name: string, path: readonly string[]): void => {
    if (state.get(name) === 'done') return
    if (state.get(name) === 'open') throw cyclic(path.slice(path.indexOf(name)))
    const node = nodes.get(name)
    if (node === undefined) {
      if (name in contexts) return
      throw new InvalidError(`Dependency unsatisfied in variable "${name}"`)
    }
    state.set(name, 'open')
    for (const needed of node.names) visit(needed, [...path, name])
    state.set(name, 'done')
    order.push(name)
  }
  for (const name of nodes.keys()) visit(name, [])
  return order
}

function cyclic(names: readonly string[]): InvalidError {
  return new InvalidError(
    `Cyclic dependency found in the following variables: ${names.join(', ')}. Likely the variable is referencing itself`,
  )
}

/** Shorter texts would taint what only happens to hold them. */
const SHORTEST_SECRET = 4

/** Names whose value was made from a secret: of another parameter, of the datastore, of the pack's configuration. */
function taintedNames(
  scope: RenderScope,
  nodes: ReadonlyMap<string, Node>,
  rendered: ReadonlyMap<string, unknown>,
  known: readonly string[],
): Set<string> {
  const tainted = new Set<string>(known)
  const isTainted = (name: string): boolean => {
    if (tainted.has(name) || scope.effective[name]?.secret === true) return true
    return (nodes.get(name)?.names ?? []).some(isTainted)
  }
  for (const [name, node] of nodes) {
    if (node.template === null) continue
    const usesSecret =
      node.template.source.includes('decrypt_kv') || usesConfigSecret(scope, node.template.source, rendered.get(name))
    if (usesSecret || node.names.some(isTainted)) tainted.add(name)
  }
  return tainted
}

/** Whether a template names a secret of the configuration, or what it made holds one. */
function usesConfigSecret(scope: RenderScope, source: string, rendered: unknown): boolean {
  if (scope.names.configSecrets.length === 0) return false
  const text = JSON.stringify(rendered) ?? ''
  return scope.names.configSecrets.some(
    ({ key, text: secret }) =>
      (source.includes('config_context') && source.includes(key)) ||
      (secret.length >= SHORTEST_SECRET && text.includes(JSON.stringify(secret).slice(1, -1))),
  )
}
