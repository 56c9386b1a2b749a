import { type Dict, entriesOf, isDict, PythonValueError } from '@st2/python-values'
import { Conductor, type ConductorOptions } from '../conductor/conductor.ts'
import { loadWorkflow } from '../spec/load-workflow.ts'
import { WorkflowLog } from '../state/workflow-log.ts'
import { WorkflowState } from '../state/workflow-state.ts'
import { FieldsOf } from './fields-of.ts'
import { PathReader } from './path-table.ts'
import { serializeGraph } from './serialized-graph.ts'
import { type Contexts, readLog, readState, writeState } from './state-rows.ts'

const CATALOG = 'native'
const VERSION = '1.0'

/**
 * The serialised form of upstream's conductor, as its database and its tools hold it. What upstream keeps elsewhere (results of
 * items, counts of starts) stands under keys of its own, which upstream does not look at.
 *
 * @throws PythonValueError where lists of contexts, which upstream doubles with every join, outgrow MAX_EXPORTED_CONTEXTS
 * @source orquesta: orquesta/conducting.py serialize
 */
export function exportConductor(conductor: Conductor): Record<string, unknown> {
  const { state, spec, graph } = conductor
  const contexts = { write: (path: { rows: () => number[] }) => path.rows(), read: neverRead }
  return {
    spec: { catalog: CATALOG, version: VERSION, spec: spec.raw },
    graph: serializeGraph(graph),
    input: conductor.inputs,
    context: conductor.parentContext,
    state: { ...writeState(state, contexts), routes: state.routes },
    log: state.log.entries,
    errors: state.errors.entries,
    output: state.output,
  }
}

function neverRead(): never {
  throw new TypeError('contexts are only written here')
}

export type ImportOptions = Omit<ConductorOptions, 'context' | 'inputs' | 'surroundings'>

/** @throws PythonValueError that names what is wrong, WorkflowLoadError */
export function importConductor(data: unknown, options: ImportOptions = {}): Conductor {
  const fields = new FieldsOf(data, 'conductor')
  const spec = loadWorkflow(rawSpec(new FieldsOf(fields.value('spec'), 'spec')))
  const state = importState(new FieldsOf(fields.value('state'), 'state'))
  state.errors = new WorkflowLog(state.undo, readLog(fields.rows('errors')))
  state.log = new WorkflowLog(state.undo, readLog(fields.rows('log')))
  const output = fields.value('output')
  state.output = isDict(output) && entriesOf(output).length > 0 ? output : null
  return Conductor.resume(spec, state, { ...options, context: fields.dict('context'), inputs: fields.dict('input') })
}

function rawSpec(fields: FieldsOf): unknown {
  if (fields.value('catalog') !== CATALOG) throw mismatch('catalog', CATALOG)
  if (fields.value('version') !== VERSION) throw mismatch('version', VERSION)
  return fields.value('spec')
}

function mismatch(name: string, expected: string): PythonValueError {
  return new PythonValueError(`Serialized spec ${name} does not match "${expected}".`)
}

function importState(fields: FieldsOf): WorkflowState {
  const state = new WorkflowState()
  for (const context of fields.list('contexts')) state.contexts.push(asDict(context))
  for (const route of fields.list('routes')) state.routes.push(Array.isArray(route) ? route.map(String) : [])
  const paths = new PathReader(state.contexts)
  const contexts: Contexts = {
    write: (path) => path.rows(),
    read: (value) => paths.ofList(Array.isArray(value) ? value.map(Number) : [0]),
  }
  readState(state, fields, contexts)
  return state
}

function asDict(value: unknown): Dict {
  if (isDict(value)) return value
  throw new PythonValueError('state.contexts: mappings were expected')
}
