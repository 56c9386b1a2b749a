import { type ExecutionStatus, isCompleted, MASK } from '@st2/model'
import { type Conductor, toJsonText } from '@st2/orquesta'
import type { WorkflowSecrets } from './workflow-secrets.ts'

export interface WorkflowAnswer {
  readonly status: ExecutionStatus
  readonly result: Record<string, unknown>
  /** The result with errors that tell nothing secret, and an output that is made of no secret input or result. */
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
  secrets: WorkflowSecrets,
): WorkflowAnswer {
  if (!isCompleted(status)) return plainAnswer(status, { output: null })
  const { output, errors } = conductor
  const hasErrors = status !== 'succeeded' && status !== 'canceled'
  const text = toJsonText({ output, ...(hasErrors ? { errors } : {}) })
  const size = Buffer.byteLength(text)
  if (size <= maxSize) {
    const result = JSON.parse(text) as Record<string, unknown>
    return { status, result, shown: shownResult(conductor, result, secrets) }
  }
  const message = `The result of the workflow has ${size} bytes, more than ${maxSize} ([actionrunner] max_result_size).`
  return plainAnswer('failed', { output: null, errors: [{ type: 'error', message }] })
}

/** What the output tells of the datastore is what the workflow's author lets it tell. */
function shownResult(
  { spec }: Conductor,
  result: Record<string, unknown>,
  secrets: WorkflowSecrets,
): Record<string, unknown> {
  if (secrets.isEmpty) return result
  const { output, errors } = result
  const variables = secrets.variables(spec, { datastore: false })
  const secret = new Set(spec.output.filter(({ value }) => variables.makes(value)).map(({ name }) => name))
  const masked = (values: object): object =>
    Object.fromEntries(
      Object.entries(values).map(([name, value]: [string, unknown]) => [
        name,
        secret.has(name) && value !== null ? MASK : value,
      ]),
    )
  return {
    ...result,
    ...(typeof output === 'object' && output !== null && secret.size > 0 ? { output: masked(output) } : {}),
    ...(errors === undefined ? {} : { errors: secrets.mask(errors) }),
  }
}

function plainAnswer(status: ExecutionStatus, result: Record<string, unknown>): WorkflowAnswer {
  return { status, result, shown: result }
}
