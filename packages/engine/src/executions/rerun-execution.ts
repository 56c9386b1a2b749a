import { type ExecutionDocument, InvalidError, isOrquestaRunner, type RerunRequest } from '@st2/model'
import type { Principal } from '../access/principal.ts'
import { unknownExecution } from './cancel-execution.ts'
import { type RequestDeps, requestExecution } from './request-execution.ts'
import { openParameters, sealedNames } from './seal-parameters.ts'

/**
 * Runs the action of an earlier execution again: its parameters, secrets included, overlaid by the given ones. They
 * are data by now and go through the same checks as new ones.
 * @source rest-api.md 10.3
 */
export async function rerunExecution(
  deps: RequestDeps,
  principal: Principal,
  id: string,
  request: RerunRequest,
): Promise<ExecutionDocument> {
  const original = await deps.executions.get(id)
  if (original === null) throw unknownExecution(id)
  refuseUnfit(original, request)
  return requestExecution(deps, principal, {
    action: original.action_ref,
    parameters: request.parameters ?? {},
    earlier: { values: openParameters(deps.sealer, original), secret: sealedNames(deps.sealer, original) },
    user: request.user,
    context: rerunContext(original),
    delay: request.delay ?? original.delay,
    rerunOf: { ref: original.id, ...pick(request, 'tasks'), ...pick(request, 'reset') },
    notify: original.notify,
  })
}

function refuseUnfit(original: ExecutionDocument, request: RerunRequest): void {
  const tasks = request.tasks ?? []
  const reset = request.reset ?? []
  const hasParameters = Object.keys(request.parameters ?? {}).length > 0
  if ((tasks.length > 0 || reset.length > 0) && hasParameters) {
    throw new InvalidError('Parameters override is not supported when re-running task(s) for a workflow.')
  }
  if (reset.some((task) => !tasks.includes(task))) {
    throw new InvalidError('List of tasks to reset does not match the tasks to rerun.')
  }
  if (tasks.length > 0 && !isOrquestaRunner(original.runner_name)) {
    throw new InvalidError('Task option is only supported for Orquesta workflows.')
  }
}

function rerunContext(original: ExecutionDocument): Record<string, unknown> {
  const trace = original.context['trace_context']
  return trace === undefined ? {} : { trace_context: trace }
}

function pick(request: RerunRequest, key: 'tasks' | 'reset'): Record<string, unknown> {
  const value = request[key]
  return value === undefined || value.length === 0 ? {} : { [key]: value }
}
