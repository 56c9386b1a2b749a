import { type ExecutionStatus, isCompleted } from '@st2/model'
import { type Conductor, toJsonText } from '@st2/orquesta'

export interface WorkflowAnswer {
  readonly status: ExecutionStatus
  readonly result: Record<string, unknown>
}

/**
 * What a workflow's execution answers, by its status. One that has more to say than results may hold has failed.
 *
 * @param maxSize bytes
 * @source orquesta.md 21.4
 */
export function workflowAnswer(conductor: Conductor, status: ExecutionStatus, maxSize: number): WorkflowAnswer {
  if (!isCompleted(status)) return { status, result: { output: null } }
  const { output, errors } = conductor
  const hasErrors = status !== 'succeeded' && status !== 'canceled'
  const text = toJsonText({ output, ...(hasErrors ? { errors } : {}) })
  const size = Buffer.byteLength(text)
  if (size <= maxSize) return { status, result: JSON.parse(text) as Record<string, unknown> }
  const message = `The result of the workflow has ${size} bytes, more than ${maxSize} ([actionrunner] max_result_size).`
  return { status: 'failed', result: { output: null, errors: [{ type: 'error', message }] } }
}
