import { type Dict, isDict, PythonValueError } from '@st2/python-values'
import { Conductor } from '../conductor/conductor.ts'
import type { WorkflowSpec } from '../spec/workflow-spec.ts'
import { WorkflowLog } from '../state/workflow-log.ts'
import { WorkflowState } from '../state/workflow-state.ts'
import { FieldsOf } from './fields-of.ts'
import { type PathRow, PathReader, PathWriter } from './path-table.ts'
import { readLog, readState, writeState } from './state-rows.ts'
import type { ImportOptions } from './upstream-form.ts'

/** A route: the one before it and the reference that it adds, or null for the first. */
type RouteRow = [before: number, reference: string] | null

/**
 * The state of a conductor in a form that grows with the number of tasks, whatever their joins: each path of contexts and each
 * route is written once. It holds plain data; `toJsonText` writes it.
 */
export function snapshotConductor(conductor: Conductor): Record<string, unknown> {
  const { state } = conductor
  const paths = new PathWriter()
  const written = writeState(state, { write: (path) => paths.number(path), read: neverRead })
  return {
    ...written,
    paths: paths.rows.map(pathRow),
    routes: routeRows(state.routes),
    inputs: conductor.inputs,
    context: conductor.parentContext,
    errors: state.errors.entries,
    log: state.log.entries,
    output: state.output,
  }
}

function neverRead(): never {
  throw new TypeError('contexts are only written here')
}

/** `[before, row]`, or `[before, -1, arrived]`. */
function pathRow(path: PathRow): number[] {
  return 'row' in path ? [path.before, path.row] : [path.before, -1, path.arrived]
}

/** @throws PythonValueError that names what is wrong */
export function restoreConductor(spec: WorkflowSpec, snapshot: unknown, options: ImportOptions = {}): Conductor {
  const fields = new FieldsOf(snapshot, 'snapshot')
  const state = new WorkflowState()
  for (const context of fields.list('contexts')) state.contexts.push(asDict(context))
  for (const route of routesOf(fields.list('routes'))) state.routes.push(route)
  const paths = new PathReader(state.contexts)
  for (const row of fields.list('paths')) paths.add(asPath(row))
  readState(state, fields, { write: neverRead, read: (value) => paths.at(Number(value)) })
  state.errors = new WorkflowLog(state.undo, readLog(fields.rows('errors')))
  state.log = new WorkflowLog(state.undo, readLog(fields.rows('log')))
  const output = fields.value('output')
  state.output = isDict(output) ? output : null
  return Conductor.resume(spec, state, { ...options, context: fields.dict('context'), inputs: fields.dict('inputs') })
}

function asDict(value: unknown): Dict {
  if (isDict(value)) return value
  throw new PythonValueError('snapshot.contexts: mappings were expected')
}

function asPath(row: unknown): PathRow {
  const [before, published, arrived]: unknown[] = Array.isArray(row) ? row : []
  if (typeof before !== 'number' || typeof published !== 'number') {
    throw new PythonValueError('snapshot.paths: lists of numbers were expected')
  }
  return arrived === undefined ? { before, row: published } : { before, arrived: Number(arrived) }
}

function routeRows(routes: readonly (readonly string[])[]): RouteRow[] {
  const numbers = new Map<string, number>()
  return routes.map((route, at) => {
    const reference = route.at(-1)
    const before = numbers.get(JSON.stringify(route.slice(0, -1))) ?? 0
    numbers.set(JSON.stringify(route), at)
    return reference === undefined ? null : [before, reference]
  })
}

function routesOf(rows: readonly unknown[]): string[][] {
  const routes: string[][] = []
  for (const row of rows) {
    const [before, reference]: unknown[] = Array.isArray(row) ? row : []
    routes.push(typeof reference === 'string' ? [...(routes[Number(before)] ?? []), reference] : [])
  }
  return routes
}
