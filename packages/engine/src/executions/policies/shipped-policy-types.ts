import type { PolicyType } from '@st2/model'

/** A policy type as the platform declares it; registration adds id, uid and ref. */
export type PolicyTypeManifest = Omit<PolicyType, 'id' | 'uid' | 'ref'>

const threshold = {
  type: 'integer',
  description: 'Executions of the action that may be scheduled or running at a time.',
  required: true,
} as const
const action = {
  type: 'string',
  description: 'What becomes of an execution for which there is no room.',
  default: 'delay',
  enum: ['delay', 'cancel'],
} as const

/** The modules are upstream's: clients show them. @source packs-and-runners.md 1.11 */
export const SHIPPED_POLICY_TYPES: readonly PolicyTypeManifest[] = [
  {
    name: 'concurrency',
    resource_type: 'action',
    description: 'Limits the concurrent executions for the action.',
    enabled: true,
    module: 'st2actions.policies.concurrency',
    parameters: { threshold, action },
  },
  {
    name: 'retry',
    resource_type: 'action',
    description: 'Retry (re-run) failed or timed out action.',
    enabled: true,
    module: 'st2actions.policies.retry',
    parameters: {
      retry_on: {
        type: 'string',
        description: 'The outcome that is tried again.',
        required: true,
        enum: ['failure', 'timeout'],
      },
      max_retry_count: {
        type: 'integer',
        description: 'Retries in all.',
        required: true,
        default: 2,
        minimum: 1,
        maximum: 5,
      },
      delay: { type: 'number', description: 'Seconds before each retry.', minimum: 0, maximum: 120 },
    },
  },
  {
    name: 'concurrency.attr',
    resource_type: 'action',
    description: 'Limits the concurrent executions for the action by attribute(s).',
    enabled: true,
    module: 'st2actions.policies.concurrency_by_attr',
    parameters: {
      threshold,
      action,
      attributes: {
        type: 'array',
        description: 'Parameters of the action: executions with equal values share the threshold.',
        items: { type: 'string', minLength: 1 },
        uniqueItems: true,
      },
    },
  },
]
