import type { Action, RunnerType } from '@st2/model'
import type { PackConfigStore } from '../content/pack-config-store.ts'

/** The names beside the parameters that templates may use, loaded only when some template mentions them. */
export class RenderContexts {
  readonly #configs: PackConfigStore

  constructor(configs: PackConfigStore) {
    this.#configs = configs
  }

  /** First stage: a configuration that cannot be loaded counts as empty. */
  async forRequest(
    context: Readonly<Record<string, unknown>>,
    action: Action,
    runner: RunnerType,
    supplied: Readonly<Record<string, unknown>>,
  ): Promise<Record<string, unknown>> {
    const mentions =
      mentionsConfig(supplied) || mentionsConfig(action.parameters) || mentionsConfig(runner.runner_parameters)
    return { action_context: context, config_context: mentions ? await this.#config(action.pack) : {} }
  }

  /** Second stage: only defaults are rendered. */
  async forRun(
    context: Readonly<Record<string, unknown>>,
    action: Action,
    runner: RunnerType,
  ): Promise<Record<string, unknown>> {
    const mentions = mentionsConfig(action.parameters) || mentionsConfig(runner.runner_parameters)
    return { action_context: context, config_context: mentions ? await this.#config(action.pack) : {} }
  }

  #config(pack: string): Promise<Record<string, unknown>> {
    return this.#configs.resolve(pack)
  }
}

function mentionsConfig(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('config_context')
  if (typeof value !== 'object' || value === null) return false
  return Object.values(value).some(mentionsConfig)
}
