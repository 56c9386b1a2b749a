import { type ExecutionStatus, isCompleted } from '@st2/model'
import { type Conductor, toJsonText } from '@st2/orquesta'
import type { SecretTexts } from '../executions/secret-texts.ts'

export interface WorkflowAnswer {
  readonly status: ExecutionStatus
  readonly result: Record<string, unknown>
  /** The result with errors that tell nothing secret. What an output tells is what the workflow's author lets it tell. */
  readonly shown: Record<string, unknown>
}

/**
 * What a workflow's execution answers, by its status. One that has more to say than results may hold has failed.
 *
 * @param maxSize bytes
 * @source orquesta.md 21.4
 */
export function workflowAnswer(
  conductor: Conductor,
  status: ExecutionStatus,
  maxSize: number,
  secrets: SecretTexts,
): WorkflowAnswer {
  if (!isCompleted(status)) return plainAnswer(status, { output: null })
  const { output, errors } = conductor
  const hasErrors = status !== 'succeeded' && status !== 'canceled'
  const text = toJsonText({ output, ...(hasErrors ? { errors } : {}) })
  const size = Buffer.byteLength(text)
  if (size <= maxSize) {
    const result = JSON.parse(text) as Record<string, unknown>
    return { status, result, shown: hasErrors ? { ...result, errors: secrets.mask(result['errors']) } : result }
  }
  const message = `The result of the workflow has ${size} bytes, more than ${maxSize} ([actionrunner] max_result_size).`
  return plainAnswer('failed', { output: null, errors: [{ type: 'error', message }] })
}

function plainAnswer(status: ExecutionStatus, result: Record<string, unknown>): WorkflowAnswer {
  return { status, result, shown: result }
}
