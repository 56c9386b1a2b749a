import { type Engine, maskResult, openParameters } from '@st2/engine'
import type { Action, ExecutionDocument, RunnerType } from '@st2/model'
import { executionView, masksResult } from './execution-view.ts'

/** Children of one execution that a view names at most; the children route pages through all. */
const MAX_CHILDREN = 10_000

export interface PresentOptions {
  readonly showSecrets: boolean
  /** Results are loaded only for views that show them. */
  readonly withResult: boolean
  /** So are children. @default true */
  readonly withChildren?: boolean
}

/** Joins stored executions with what their views need: snapshots, results, children. */
export class ExecutionPresenter {
  readonly #engine: Engine
  readonly #webuiBaseUrl: () => string

  constructor(engine: Engine, webuiBaseUrl: () => string) {
    this.#engine = engine
    this.#webuiBaseUrl = webuiBaseUrl
  }

  async one(document: ExecutionDocument, options: PresentOptions): Promise<Record<string, unknown>> {
    const [view] = await this.many([document], options)
    // Non-null: many() answers one view per document.
    return view!
  }

  async many(documents: readonly ExecutionDocument[], options: PresentOptions): Promise<Record<string, unknown>[]> {
    const children = options.withChildren === false ? NO_CHILDREN : await this.#childrenByParent(documents)
    return Promise.all(documents.map((document) => this.#present(document, options, children.get(document.id) ?? [])))
  }

  /** Whether the stored result is the one to show, byte for byte. */
  async canStreamResult(document: ExecutionDocument): Promise<boolean> {
    // Its secrets were taken out before it was stored.
    if (document.sealed_result !== undefined) return true
    return !masksResult(await this.#engine.snapshots.action(document.action_snapshot))
  }

  async #present(
    document: ExecutionDocument,
    options: PresentOptions,
    children: readonly string[],
  ): Promise<Record<string, unknown>> {
    const { snapshots, sealer } = this.#engine
    const action = await snapshots.action(document.action_snapshot)
    const runner = await snapshots.runner(document.runner_snapshot)
    return executionView(document, {
      action,
      runner,
      ...(options.withResult ? { result: await this.#result(document, action, runner, options.showSecrets) } : {}),
      ...(options.showSecrets ? { openParameters: openParameters(sealer, document) } : {}),
      children,
      webuiBaseUrl: this.#webuiBaseUrl(),
    })
  }

  /** Results hold their secrets enciphered; those that older versions stored are masked here. */
  async #result(document: ExecutionDocument, action: Action, runner: RunnerType, isOpen: boolean): Promise<unknown> {
    const { results } = this.#engine
    return isOpen ? results.reveal(document) : maskResult(await results.load(document), action, runner)
  }

  /** Only workflows have children; a page costs one query for all of them. */
  async #childrenByParent(documents: readonly ExecutionDocument[]): Promise<Map<string, string[]>> {
    const workflows = documents.filter((document) => document.action_is_workflow).map((document) => document.id)
    const byParent = new Map<string, string[]>()
    for (const child of await this.#engine.executions.childrenOf(workflows, MAX_CHILDREN)) {
      if (child.parent === undefined) continue
      const siblings = byParent.get(child.parent)
      if (siblings === undefined) byParent.set(child.parent, [child.id])
      else siblings.push(child.id)
    }
    return byParent
  }
}

const NO_CHILDREN: ReadonlyMap<string, string[]> = new Map()
