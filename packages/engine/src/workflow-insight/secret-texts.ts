import { INQUIRER_RUNNER, MASK, type ExecutionDocument } from '@st2/model'
import type { WorkflowExecution } from '@st2/model'
import { isSchema, maskSecrets } from '@st2/schema'
import type { Sealer } from '../datastore/encryption-key.ts'
import type { ExecutionStore } from '../executions/execution-store.ts'
import type { ResultStore } from '../executions/result-store.ts'
import { openParameters, sealedNames } from '../executions/seal-parameters.ts'
import { eventOf } from '../workflows/journal-rows.ts'
import type { WorkflowStore } from '../workflows/workflow-store.ts'

export interface SecretTextsDeps {
  readonly executions: ExecutionStore
  readonly results: ResultStore
  readonly sealer: Sealer
  readonly workflows: WorkflowStore
}

/** Shorter texts would mask what only happens to hold them; as a whole value they are masked. */
const SHORTEST_PART = 4
/** Executions of one workflow whose secrets are looked for. */
const MAX_EXECUTIONS = 10_000

/**
 * What a workflow was given in confidence: secret inputs of it and of its actions, deciphered items of the datastore, secret responses
 * of people. Its variables may hold any of it anywhere, so it is masked wherever its text stands.
 */
export class SecretTexts {
  readonly #texts = new Set<string>()

  static async of(deps: SecretTextsDeps, record: WorkflowExecution): Promise<SecretTexts> {
    const secrets = new SecretTexts()
    const own = await deps.executions.get(record.action_execution)
    const filter = [{ field: 'workflow_execution', op: 'eq', value: record.id }] as const
    const children = await deps.executions.find({ filter, limit: MAX_EXECUTIONS })
    for (const execution of own === null ? children : [own, ...children]) await secrets.#addFrom(deps, execution)
    for await (const row of deps.workflows.events(record.id, 0)) {
      if (row.sealed_answers === undefined) continue
      for (const { request, answer } of (await eventOf(deps, row)).answers) {
        if (request.source === 'st2kv' && request.decrypt && answer.kind === 'value') secrets.#add(answer.value)
      }
    }
    return secrets
  }

  async #addFrom({ sealer, results }: SecretTextsDeps, execution: ExecutionDocument): Promise<void> {
    if (execution.sealed !== undefined) {
      const values = openParameters(sealer, execution)
      for (const name of sealedNames(sealer, execution)) this.#add(hidden(values[name], execution.parameters[name]))
    }
    if (execution.runner_name !== INQUIRER_RUNNER) return
    const result = await results.load(execution)
    if (typeof result !== 'object' || result === null) return
    const { schema, response } = { schema: undefined, response: undefined, ...result }
    if (isSchema(schema) && response !== undefined) this.#add(hidden(response, maskSecrets(schema, response)))
  }

  #add(value: unknown): void {
    if (typeof value === 'string') {
      if (value !== '') this.#texts.add(value)
    } else if (typeof value === 'number') this.#texts.add(String(value))
    else if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) this.#add(inner)
  }

  /** A plain value without them. */
  mask<T>(value: T): T
  mask(value: unknown): unknown {
    if (this.#texts.size === 0) return value
    if (typeof value === 'string') return this.#maskText(value)
    if (typeof value === 'number') return this.#texts.has(String(value)) ? MASK : value
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return value.map((item) => this.mask(item))
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [this.#maskText(key), this.mask(inner)]))
  }

  #maskText(text: string): string {
    if (this.#texts.has(text)) return MASK
    let masked = text
    for (const secret of this.#texts) {
      if (secret.length >= SHORTEST_PART && masked.includes(secret)) masked = masked.replaceAll(secret, MASK)
    }
    return masked
  }
}

/** The parts of a value that its masked form does not show. */
function hidden(value: unknown, masked: unknown): unknown {
  if (typeof value !== 'object' || value === null || typeof masked !== 'object' || masked === null) {
    return value === masked ? null : value
  }
  return Object.entries(value).map(([key, inner]) => hidden(inner, Reflect.get(masked, key)))
}
