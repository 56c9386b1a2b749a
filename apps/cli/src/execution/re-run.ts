import { orNull } from '../resource/find.ts'
import { followExecution, givenParameters, signatureOf } from '../run/run-action.ts'
import type { CommandContext, Handler } from '../shell/command-spec.ts'
import { ResourceNotFoundError } from '../shell/errors.ts'

/** The same action again; given parameters replace the earlier ones. @source cli.md 10 */
export const rerunExecution: Handler = async (context) => {
  const { input, io, session } = context
  const id = input.text('id')
  if (input.has('help')) {
    io.out(context.help())
    return
  }
  if (id === undefined) throw context.usageError('Missing id of the action execution')
  const existing = await orNull(session.client.executions.get(id))
  if (existing === null) throw new ResourceNotFoundError(`Action execution with id "${id}" cannot be found.`)
  const { action, runner } = await signatureOf(context, existing.action.ref)
  const parameters = await givenParameters(context, action, runner)
  const execution = await session.client.executions.rerun(id, {
    parameters,
    ...tasksOf(context),
    delay: input.integer('delay') ?? 0,
  })
  await followExecution(context, execution, input.has('async') ? 'async' : 'wait')
}

function tasksOf({ input }: CommandContext): { tasks: string[]; reset: string[] } {
  const tasks = input.texts('tasks') ?? []
  const kept = input.texts('no_reset') ?? []
  if (kept.some((task) => !tasks.includes(task))) {
    throw new Error('List of tasks to reset does not match the tasks to rerun.')
  }
  return { tasks: [...tasks], reset: tasks.filter((task) => !kept.includes(task)) }
}
