import { type ExecutionDocument, InvalidError } from '@st2/model'
import { onBehalfOf } from '../../access/principal.ts'
import { derivedId } from '../../ports/derived-id.ts'
import type { Log } from '../../ports/log.ts'
import { type RequestDeps, requestExecution } from '../request-execution.ts'
import { openParameters, sealedNames } from '../seal-parameters.ts'
import type { Retry } from './judge-retry.ts'

export interface RetryDeps {
  readonly requestDeps: RequestDeps
  readonly log: Log
}

/**
 * Requests the same once more, as an execution whose id follows from the one that failed: asked for again it is there already.
 * The delay is that execution's, so it outlives the server and can be cancelled. An action that cannot be requested any more is
 * not tried again.
 *
 * @source services.md 5
 */
export async function requestRetry(deps: RetryDeps, failed: ExecutionDocument, retry: Retry): Promise<void> {
  const { policy, count } = retry
  const { sealer } = deps.requestDeps
  const policies = {
    retry: { applied_policy: policy.ref, retry_count: count, retried_liveaction_id: failed.liveaction_id },
  }
  try {
    await requestExecution(deps.requestDeps, onBehalfOf(failed.context['user']), {
      id: derivedId(Date.parse(failed.end_timestamp ?? failed.start_timestamp), 'retry', failed.id),
      action: failed.action_ref,
      parameters: {},
      earlier: { values: openParameters(sealer, failed), secret: sealedNames(sealer, failed) },
      cause: { ...failed.context, policies },
      callback: failed.callback,
      delay: policy.delay > 0 ? Math.round(policy.delay * 1000) : undefined,
      origin: pick(failed, 'rule', 'trigger', 'trigger_type', 'trigger_instance'),
    })
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error
    deps.log.warn({ err: error, execution_id: failed.id, policy: policy.ref }, 'an execution cannot be tried again')
  }
}

function pick<K extends keyof ExecutionDocument>(
  document: ExecutionDocument,
  ...keys: K[]
): Pick<ExecutionDocument, K> {
  const picked: Partial<ExecutionDocument> = {}
  for (const key of keys) if (document[key] !== undefined) picked[key] = document[key]
  return picked as Pick<ExecutionDocument, K>
}
