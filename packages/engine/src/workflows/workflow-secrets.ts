import type { ExecutionDocument } from '@st2/model'
import type { WorkflowSpec } from '@st2/orquesta'
import type { Sealer } from '../datastore/encryption-key.ts'
import type { ResultStore, StoredResult } from '../executions/result-store.ts'
import { sealedNames } from '../executions/seal-parameters.ts'
import { SecretTexts } from '../executions/secret-texts.ts'
import { SecretVariables } from './secret-variables.ts'
import { actionName } from './task-records.ts'

/** What a workflow was told in confidence, and where it came from: what it makes of that is told in confidence too. */
export class WorkflowSecrets extends SecretTexts {
  readonly #inputs = new Set<string>()
  readonly #tasks = new Set<string>()
  /** By whether deciphered items of the datastore count; until there are more origins. */
  readonly #variables = new Map<boolean, SecretVariables>()

  /** Tasks whose results are secret in part. */
  get tasks(): string[] {
    return [...this.#tasks]
  }

  addInputs(sealer: Sealer, execution: Pick<ExecutionDocument, 'parameters' | 'sealed'>): void {
    this.addParameters(sealer, execution)
    for (const name of sealedNames(sealer, execution)) this.#inputs.add(name)
    this.#variables.clear()
  }

  /** @param action its id in the workflow */
  addResultOf(results: Pick<ResultStore, 'secretParts'>, action: string, stored: StoredResult): void {
    if (stored.sealed_result === undefined) return
    this.addResult(results, stored)
    this.addTask(actionName(action).task)
  }

  addTask(name: string): void {
    if (this.#tasks.has(name)) return
    this.#tasks.add(name)
    this.#variables.clear()
  }

  variables(spec: WorkflowSpec, { datastore }: { readonly datastore: boolean }): SecretVariables {
    const known = this.#variables.get(datastore)
    if (known !== undefined) return known
    const variables = new SecretVariables(spec, { inputs: this.#inputs, tasks: this.#tasks, datastore })
    this.#variables.set(datastore, variables)
    return variables
  }
}
