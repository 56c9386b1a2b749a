import { createHmac, hkdfSync } from 'node:crypto'
import { type ExecutionDocument, InvalidError } from '@st2/model'
import { dumpsJson } from '@st2/python-values'
import type { EncryptionKey, Sealer } from '../../datastore/encryption-key.ts'
import { openParameters } from '../seal-parameters.ts'
import type { ConcurrencyPolicy } from './governing-policies.ts'

/** The group of executions that have none of the attributes, and of policies without attributes. */
const ALL = 'all'

/**
 * Names who shares the threshold of a policy: `<policy id>:<group>`. Values of parameters are told apart by a keyed hash, so
 * that a secret one stands nowhere.
 */
export class QueueNaming {
  readonly #key: Buffer
  readonly #sealer: Sealer

  constructor(key: EncryptionKey, sealer: Sealer) {
    this.#key = Buffer.from(hkdfSync('sha256', key.aes, key.hmac, 'st2 policy queues', 32))
    this.#sealer = sealer
  }

  queueOf(policy: ConcurrencyPolicy, execution: ExecutionDocument): string {
    return `${policy.id}:${this.#group(policy, execution)}`
  }

  /** Only attributes that the parameters hold count; a default of the action is no parameter. */
  #group(policy: ConcurrencyPolicy, execution: ExecutionDocument): string {
    if (policy.attributes.length === 0) return ALL
    const parameters = this.#parametersOf(execution)
    const present = policy.attributes.filter((name) => Object.hasOwn(parameters, name)).sort()
    if (present.length === 0) return ALL
    const text = dumpsJson(
      present.map((name) => [name, parameters[name]]),
      { sortKeys: true },
    )
    return createHmac('sha256', this.#key).update(text).digest('hex').slice(0, 32)
  }

  /** Secrets of another key cannot be told apart: their masks are equal. */
  #parametersOf(execution: ExecutionDocument): Record<string, unknown> {
    try {
      return openParameters(this.#sealer, execution)
    } catch (error) {
      if (error instanceof InvalidError) return execution.parameters
      throw error
    }
  }
}

export function policyIdOf(queue: string): string {
  return queue.slice(0, queue.indexOf(':'))
}
