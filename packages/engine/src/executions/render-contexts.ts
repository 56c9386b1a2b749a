import type { Environment } from '@st2/expressions'
import type { Action, RunnerType } from '@st2/model'
import type { ConfigSecret } from '../content/pack-config.ts'
import type { PackConfigStore } from '../content/pack-config-store.ts'
import type { TemplateLookUps } from '../datastore/template-look-ups.ts'

/** What a rendering may name beside the parameters, and what of it is secret. */
export interface RenderNames {
  readonly contexts: Readonly<Record<string, unknown>>
  readonly environment: Environment
  /** What of the pack's configuration nobody may see. */
  readonly configSecrets: readonly ConfigSecret[]
}

type Context = Readonly<Record<string, unknown>>

/** What a first rendering is about. */
export interface RequestSubject {
  readonly context: Context
  readonly action: Action
  readonly runner: RunnerType
  readonly supplied: Context
  /** Names that who asks for it adds: `trigger`, when that is a rule. */
  readonly more?: Context | undefined
}

/** Runs renderings with everything templates may name; a configuration is loaded only when one mentions it. */
export class RenderContexts {
  readonly #configs: PackConfigStore
  readonly #lookUps: TemplateLookUps

  constructor(configs: PackConfigStore, lookUps: TemplateLookUps) {
    this.#configs = configs
    this.#lookUps = lookUps
  }

  /** First stage: what the caller supplied may be templates, too. */
  forRequest<T>(subject: RequestSubject, render: (names: RenderNames) => T): Promise<T> {
    const { context, action, runner, supplied, more } = subject
    const sources = [supplied, action.parameters, runner.runner_parameters]
    return this.#evaluate({ context, action, sources, more }, render)
  }

  /** Second stage: only defaults are rendered. */
  forRun<T>(context: Context, action: Action, runner: RunnerType, render: (names: RenderNames) => T): Promise<T> {
    const sources = [action.parameters, runner.runner_parameters]
    return this.#evaluate({ context, action, sources }, render)
  }

  async #evaluate<T>({ context, action, sources, more }: Rendering, render: (names: RenderNames) => T): Promise<T> {
    const user = String(context['api_user'] ?? context['user'] ?? '')
    const { environment } = this.#lookUps
    const config = sources.some(mentionsConfig)
      ? await this.#configs.resolve(action.pack, user, this.#lookUps)
      : { values: {}, secrets: [] }
    return this.#lookUps.evaluate(user, ({ st2kv }) =>
      render({
        contexts: { ...more, st2kv, action_context: context, config_context: config.values },
        environment,
        configSecrets: config.secrets,
      }),
    )
  }
}

interface Rendering {
  readonly context: Context
  readonly action: Action
  /** Where templates may stand. */
  readonly sources: readonly unknown[]
  readonly more?: Context | undefined
}

function mentionsConfig(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('config_context')
  if (typeof value !== 'object' || value === null) return false
  return Object.values(value).some(mentionsConfig)
}
