import type { Action, Execution, ExecutionRequest, RunnerType } from '@st2/model'
import type { CommandContext, Handler } from '../shell/command-spec.ts'
import { ExitError, ResourceNotFoundError } from '../shell/errors.ts'
import { orNull } from '../resource/find.ts'
import { tailExecution } from '../execution/tail-execution.ts'
import { actionHelp } from './action-help.ts'
import { parametersFromWords } from './action-parameters.ts'
import { DISPLAY_ATTRIBUTES } from './run-options.ts'
import { showExecution } from './show-execution.ts'
import { waitForEnd } from './wait-for-end.ts'

export type RunMode = 'wait' | 'async'

/** `st2 run` waits for the end; its twin `st2 action execute` does not. */
export function runAction(mode: RunMode): Handler {
  return async (context) => {
    const { input, io } = context
    const ref = input.text('ref_or_id')
    if (input.has('help')) {
      io.out(ref === undefined ? context.help() : await helpOf(context, ref))
      return
    }
    if (ref === undefined) throw context.usageError('Missing action reference or id')
    const { action, runner } = await signatureOf(context, ref)
    const parameters = await givenParameters(context, action, runner)
    const requested = await context.session.client.executions.create(requestOf(context, action, parameters))
    await followExecution(context, requested, mode === 'async' || input.has('async') ? 'async' : 'wait')
  }
}

/** What comes after an execution was asked for: tail, wait, show, and the exit code. */
export async function followExecution(context: CommandContext, requested: Execution, mode: RunMode): Promise<void> {
  const execution = await settle(context, requested, mode)
  if (mode === 'async') context.io.out(asyncHints(execution.id))
  else await showExecution(context, execution, DISPLAY_ATTRIBUTES)
  if (execution.status === 'failed') throw new ExitError(1)
}

async function settle(context: CommandContext, execution: Execution, mode: RunMode): Promise<Execution> {
  const { io, input, session } = context
  if (input.has('tail')) {
    io.out(`Tailing execution "${execution.id}"\n`)
    await tailExecution(context, execution, { type: undefined, includeMetadata: false })
    io.out('\n')
    return session.client.executions.get(execution.id)
  }
  return mode === 'async' ? execution : waitForEnd(context, execution)
}

export async function signatureOf(
  context: CommandContext,
  ref: string,
): Promise<{ action: Action; runner: RunnerType }> {
  const { client } = context.session
  const action = await orNull(client.actions.get(ref))
  if (action === null) throw new ResourceNotFoundError(`Resource with id or reference "${ref}" doesn't exist.`)
  const { items } = await client.runnerTypes.list({ name: [action.runner_type] })
  const [runner] = items
  if (runner === undefined) {
    throw new ResourceNotFoundError(`Runner type "${action.runner_type}" for action "${action.name}" cannot be found.`)
  }
  return { action, runner }
}

export function givenParameters(
  context: CommandContext,
  action: Action,
  runner: RunnerType,
): Promise<Record<string, unknown>> {
  const { input, io } = context
  return parametersFromWords(
    {
      actionRef: action.ref,
      signature: { runner: runner.runner_parameters, action: action.parameters },
      words: input.texts('parameters') ?? [],
      autoDict: input.has('auto_dict'),
      inheritEnv: input.has('inherit_env'),
    },
    io,
  )
}

function requestOf(context: CommandContext, action: Action, parameters: Record<string, unknown>): ExecutionRequest {
  const { input } = context
  const delay = input.integer('delay')
  const traceId = input.text('trace_id')
  const traceTag = input.text('trace_tag')
  const trace = traceId ? { id_: traceId } : traceTag ? { trace_tag: traceTag } : null
  return {
    action: `${action.pack}.${action.name}`,
    parameters,
    user: input.text('user') ?? null,
    ...(delay ? { delay } : {}),
    ...(trace === null ? {} : { context: { trace_context: trace } }),
  }
}

async function helpOf(context: CommandContext, ref: string): Promise<string> {
  const { client } = context.session
  const action = await orNull(client.actions.get(ref))
  if (action === null) {
    return `Action "${ref}" is not found. Use "st2 action list" to see the list of available actions.\n`
  }
  const { runner } = await signatureOf(context, ref)
  return actionHelp(action, runner)
}

function asyncHints(id: string): string {
  return `To get the results, execute:\n st2 execution get ${id}\n\nTo view output in real-time, execute:\n st2 execution tail ${id}\n`
}
