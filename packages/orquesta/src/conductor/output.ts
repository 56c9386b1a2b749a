import { type Dict, dictFrom, type PythonError } from '@st2/python-values'
import { Changes } from '../contexts/changes.ts'
import { applied } from '../contexts/patch.ts'
import { plainValue } from '../contexts/plain-value.ts'
import { Variables } from '../contexts/variables.ts'
import { COMPLETED, type Status } from '../machines/statuses.ts'
import { INBOUND } from '../state/task-entry.ts'
import { WorkflowContextError } from './errors.ts'
import { asEvaluationError } from './fields.ts'
import type { Score } from './score.ts'
import { requestStatus } from './workflow-status.ts'

/** Mistakes in the output do not change these. */
const KEPT: ReadonlySet<Status> = new Set(['timeout', 'abandoned', 'canceled'])

/** Renders the output of a workflow that has ended, unless there is one. Entries that fail are logged and left out. */
export function renderOutput(score: Score): void {
  const { state, spec, fields } = score
  const { status } = state
  if (!COMPLETED.has(status) || state.output !== null) return
  const variables = terminalVariables(score)
  const output = new Map<string, unknown>()
  const errors: PythonError[] = []
  for (const { name, value } of spec.output) {
    try {
      output.set(name, fields.evaluate(value, variables.over(Object.fromEntries(output))))
    } catch (error) {
      errors.push(asEvaluationError(error))
    }
  }
  if (output.size > 0) state.setOutput(dictFrom(Array.from(output, ([name, value]) => [name, plainValue(value)])))
  for (const error of errors) state.errors.addError(error)
  if (errors.length > 0 && !KEPT.has(status)) requestStatus(score, 'failed')
}

/** What the branches of the workflow ended with, put together in the order in which their last tasks started. */
export function terminalVariables({ state, view }: Score): Variables {
  if (!COMPLETED.has(state.status)) throw new WorkflowContextError('Workflow is not in completed status.')
  const [first, ...others] = state.terminal
  const overlay = { __state: view }
  if (first === undefined) return new Variables({}, Changes.NONE, overlay)
  let { changes } = first[INBOUND]
  for (const other of others) changes = changes.with(valuesOf(other[INBOUND].changes))
  return new Variables(state.contexts[0] ?? {}, changes, overlay)
}

/** A branch's own values, as they are without those at the start. */
function* valuesOf(changes: Changes): Generator<[string, unknown]> {
  for (const [name, change] of changes.entries()) yield [name, applied(undefined, change)]
}

/** The variables of a mapping alone, for those who ask from outside. */
export function plainVariables(variables: Variables): Dict {
  return dictFrom(Array.from(variables).filter(([name]) => !name.startsWith('__')))
}
