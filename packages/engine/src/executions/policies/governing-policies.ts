import type { Policy } from '@st2/model'

/** A concurrency policy as it is applied. */
export interface ConcurrencyPolicy {
  readonly id: string
  readonly ref: string
  /** Ref of the action. */
  readonly action: string
  readonly threshold: number
  /** What becomes of an execution for which there is no room. */
  readonly whenFull: 'delay' | 'cancel'
  /** Parameters whose equal values share the threshold; empty: all executions of the action share it. */
  readonly attributes: readonly string[]
}

export interface RetryPolicy {
  readonly ref: string
  readonly retryOn: 'failure' | 'timeout'
  readonly maxRetryCount: number
  /** s */
  readonly delay: number
}

/** The enabled policies of one action. */
export interface GoverningPolicies {
  readonly concurrency: readonly ConcurrencyPolicy[]
  readonly retry: readonly RetryPolicy[]
}

const NONE: GoverningPolicies = { concurrency: [], retry: [] }

/** The enabled policies there are, by action. Immutable: a change makes a new one, in which what is unchanged is the same object. */
export class PolicyBook {
  static readonly EMPTY = new PolicyBook([], null)
  readonly #byAction = new Map<string, { concurrency: ConcurrencyPolicy[]; retry: RetryPolicy[] }>()
  readonly #concurrency = new Map<string, ConcurrencyPolicy>()
  /** Refs of actions under a concurrency policy. */
  readonly limitedActions: readonly string[]

  constructor(policies: readonly Policy[], earlier: PolicyBook | null) {
    for (const policy of policies.filter(({ enabled }) => enabled)) {
      const concurrency = concurrencyPolicyOf(policy, earlier)
      if (concurrency !== null) {
        this.#entry(policy.resource_ref).concurrency.push(concurrency)
        this.#concurrency.set(policy.id, concurrency)
      }
      const retry = retryPolicyOf(policy)
      if (retry !== null) this.#entry(policy.resource_ref).retry.push(retry)
    }
    this.limitedActions = [...new Set([...this.#concurrency.values()].map(({ action }) => action))].sort()
  }

  of(actionRef: string): GoverningPolicies {
    return this.#byAction.get(actionRef) ?? NONE
  }

  isLimited(actionRef: string): boolean {
    return this.of(actionRef).concurrency.length > 0
  }

  /** Every concurrency policy, by id. */
  get concurrency(): ReadonlyMap<string, ConcurrencyPolicy> {
    return this.#concurrency
  }

  #entry(actionRef: string): { concurrency: ConcurrencyPolicy[]; retry: RetryPolicy[] } {
    const known = this.#byAction.get(actionRef)
    if (known !== undefined) return known
    const made = { concurrency: [], retry: [] }
    this.#byAction.set(actionRef, made)
    return made
  }
}

function concurrencyPolicyOf(policy: Policy, earlier: PolicyBook | null): ConcurrencyPolicy | null {
  const { policy_type: type, parameters } = policy
  if (type !== 'action.concurrency' && type !== 'action.concurrency.attr') return null
  const made: ConcurrencyPolicy = {
    id: policy.id,
    ref: policy.ref,
    action: policy.resource_ref,
    threshold: Number(parameters['threshold']),
    whenFull: parameters['action'] === 'cancel' ? 'cancel' : 'delay',
    attributes: type === 'action.concurrency.attr' ? textsOf(parameters['attributes']) : [],
  }
  const known = earlier?.concurrency.get(policy.id)
  return known !== undefined && JSON.stringify(known) === JSON.stringify(made) ? known : made
}

function retryPolicyOf(policy: Policy): RetryPolicy | null {
  if (policy.policy_type !== 'action.retry') return null
  const { retry_on, max_retry_count, delay } = policy.parameters as Readonly<Record<string, unknown>>
  return {
    ref: policy.ref,
    retryOn: retry_on === 'timeout' ? 'timeout' : 'failure',
    maxRetryCount: Number(max_retry_count),
    delay: Number(delay ?? 0),
  }
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : []
}
