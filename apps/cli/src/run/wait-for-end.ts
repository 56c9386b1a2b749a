import type { Execution, ExecutionStatus } from '@st2/model'
import { structuredFormat } from '../commands/print.ts'
import { colorizer } from '../format/colors.ts'
import type { CommandContext } from '../shell/command-spec.ts'
import { LiveTasks } from './live-tasks.ts'

/** NOTE: every other status ends the wait, `delayed`, `paused` and `pending` included. @source cli.md 9.1 */
const WAITED_FOR: readonly ExecutionStatus[] = ['requested', 'scheduled', 'running', 'canceling']

const FIRST_PAUSE_MS = 50
const MAX_PAUSE_MS = 2_000
const PAUSE_GROWTH = 1.5
/** Upstream asks every two seconds and shows a dot each time; the dots tell time, so they keep its pace. */
const DOT_EVERY_MS = 2_000

/** Asks again and again, more seldom the longer it takes, until the execution needs no waiting. */
export async function waitForEnd(context: CommandContext, requested: Execution): Promise<Execution> {
  const { io, input, session } = context
  const isStructured = structuredFormat(input) !== null
  const tasks = input.has('live') && !isStructured ? new LiveTasks(requested.id, colorizer(io)) : null
  const showsDots = !isStructured && tasks === null
  const startedAt = io.now()
  let execution = requested
  let dots = 0
  let pauseMs = FIRST_PAUSE_MS
  while (WAITED_FOR.includes(execution.status)) {
    await io.sleep(pauseMs)
    pauseMs = Math.min(pauseMs * PAUSE_GROWTH, MAX_PAUSE_MS)
    execution = await session.client.executions.get(execution.id)
    if (tasks !== null) io.out(tasks.news(await session.client.executions.children(execution.id), io.now()))
    const due = Math.floor((io.now() - startedAt) / DOT_EVERY_MS)
    if (showsDots && due > dots) io.out('.'.repeat(due - dots))
    dots = Math.max(dots, due)
  }
  io.out('\n')
  return execution
}
