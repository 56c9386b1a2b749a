import type { ExecutionDocument, ExecutionStatus } from '@st2/model'
import type { RetryPolicy } from './governing-policies.ts'

/** A retry that is due. */
export interface Retry {
  readonly policy: RetryPolicy
  /** Which one it is, from 1. */
  readonly count: number
}

const STATUS: Readonly<Record<RetryPolicy['retryOn'], ExecutionStatus>> = { failure: 'failed', timeout: 'timeout' }

/**
 * Whether an execution that ended like this is tried again. Never one that belongs to another: workflows have retries of their
 * own. @source services.md 5
 */
export function judgeRetry(ended: ExecutionDocument, policies: readonly RetryPolicy[]): Retry | null {
  if (policies.length === 0 || ended.parent !== undefined || ended.context['parent'] !== undefined) return null
  const count = retriesSoFar(ended.context) + 1
  const policy = policies.find(({ retryOn, maxRetryCount }) => {
    return STATUS[retryOn] === ended.status && count <= maxRetryCount
  })
  return policy === undefined ? null : { policy, count }
}

function retriesSoFar(context: Readonly<Record<string, unknown>>): number {
  const count = fieldOf(fieldOf(context['policies'], 'retry'), 'retry_count')
  return typeof count === 'number' && Number.isSafeInteger(count) && count > 0 ? count : 0
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
