import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Action, type ExecutionDocument, isCompleted } from '@st2/model'
import { requestExecution } from '../../src/executions/request-execution.ts'
import type { Runner } from '../../src/ports/runner.ts'
import { ANN, startTestEngine, type TestEngine, type TestEngineOptions, until } from '../support/test-engine.ts'

export interface WorkflowBench extends AsyncDisposable {
  readonly test: TestEngine
  readonly folder: string
  /** Stores a workflow as the action `test.<name>`; its inputs are its parameters. */
  define(name: string, definition: string, action?: Partial<Action>): Promise<void>
  run(name: string, parameters?: Record<string, unknown>, more?: Record<string, unknown>): Promise<ExecutionDocument>
  status(id: string, ...statuses: string[]): Promise<ExecutionDocument>
  ended(id: string, deadlineMs?: number): Promise<ExecutionDocument>
  result(execution: ExecutionDocument): Promise<unknown>
  children(id: string): Promise<ExecutionDocument[]>
}

export const ALL_SERVICES = ['notifier', 'scheduler', 'workflowengine', 'actionrunner'] as const

/** Answers its parameter, fails when asked to. */
const echoRunner: Runner = {
  manifest: {
    name: 'echo',
    enabled: true,
    runner_package: 'echo',
    runner_module: 'echo',
    runner_parameters: { value: {}, text: { type: 'string' }, fail: { type: 'boolean', default: false } },
    output_schema: {},
  },
  place: 'engine',
  needsToken: false,
  run: ({ runner_parameters: { value, text, fail } }) =>
    Promise.resolve({ status: fail === true ? 'failed' : 'succeeded', result: { value: value ?? text ?? null } }),
}

const noopRunner: Runner = {
  manifest: {
    name: 'noop',
    enabled: true,
    runner_package: 'noop',
    runner_module: 'noop',
    runner_parameters: {},
    output_schema: {},
  },
  place: 'engine',
  needsToken: false,
  hasNoEffect: true,
  run: () => Promise.resolve({ status: 'succeeded', result: { failed: false, succeeded: true, return_code: 0 } }),
}

const orquestaManifest = {
  name: 'orquesta',
  enabled: true,
  runner_package: 'orquesta_runner',
  runner_module: 'orquesta_runner',
  runner_parameters: { notify: { type: 'array', default: [] } },
  output_key: 'output',
  output_schema: {},
} as const

export async function startWorkflows(options: TestEngineOptions = {}): Promise<WorkflowBench> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'workflows-')))
  const test = await startTestEngine({
    services: ALL_SERVICES,
    ...options,
    folder,
    // Whoever tests the time that running actions have sets it.
    overrides: { 'workflow_engine.cancel_grace_ms': '0', ...options.overrides },
    runners: [echoRunner, noopRunner],
    manifests: [orquestaManifest],
  })
  const { engine } = test
  const bench: WorkflowBench = {
    test,
    folder,
    async define(name, definition, action = {}) {
      const path = join(folder, 'packs', 'test', 'actions', 'workflows')
      await mkdir(path, { recursive: true })
      await writeFile(join(path, `${name}.yaml`), definition)
      await engine.actions.create(actionOf(name, 'orquesta', { entry_point: `workflows/${name}.yaml`, ...action }))
    },
    run: (name, parameters = {}, more = {}) =>
      requestExecution(engine.requestDeps, ANN, { action: `test.${name}`, parameters, ...more }),
    status: (id, ...statuses) =>
      until(async () => {
        const found = await engine.executions.get(id)
        return found !== null && statuses.includes(found.status) ? found : null
      }),
    async ended(id, deadlineMs) {
      try {
        return await until(async () => {
          const found = await engine.executions.get(id)
          return found !== null && isCompleted(found.status) ? found : null
        }, deadlineMs)
      } catch (cause) {
        const found = await engine.executions.get(id)
        const children = (await engine.executions.childrenOf([id], 100)).map(({ status }) => status)
        const lines = test.log.lines.map(({ message, fields }) => `${message} ${String(fields['err'] ?? '')}`)
        throw new Error(`it is ${String(found?.status)}; children ${children.join()}; ${lines.join('\n')}`, { cause })
      }
    },
    result: (execution) => engine.results.load(execution),
    children: (id) => engine.executions.childrenOf([id], 1000),
    async [Symbol.asyncDispose]() {
      await test[Symbol.asyncDispose]()
      if (options.folder === undefined) await rm(folder, { recursive: true })
    },
  }
  for (const [name, runner] of [
    ['echo', 'echo'],
    ['noop', 'noop'],
  ] as const) {
    if ((await engine.actions.findByRef(`test.${name}`)) === null) await engine.actions.create(actionOf(name, runner))
  }
  return bench
}

let count = 1

function actionOf(name: string, runner: string, more: Partial<Action> = {}): Action {
  return {
    id: (count++).toString(16).padStart(24, 'a'),
    ref: `test.${name}`,
    uid: `action:test:${name}`,
    name,
    pack: 'test',
    enabled: true,
    runner_type: runner,
    entry_point: '',
    parameters: {},
    output_schema: {},
    tags: [],
    notify: {},
    metadata_file: '',
    ...more,
  }
}
