import { isCompleted, isExecutionStatus } from '@st2/model'
import { type Conductor, toJsonText } from '@st2/orquesta'

/** What a workflow's execution answers, by its status. @source orquesta.md 21.4 */
export function workflowResult(conductor: Conductor): Record<string, unknown> {
  const { status, output, errors } = conductor
  if (!isExecutionStatus(status) || !isCompleted(status)) return { output: null }
  const hasErrors = status !== 'succeeded' && status !== 'canceled'
  return plain({ output, ...(hasErrors ? { errors } : {}) })
}

export function plain<T = Record<string, unknown>>(value: unknown): T {
  return JSON.parse(toJsonText(value)) as T
}
