import type { Execution, ExecutionStatus } from '@st2/model'

/** For tests: an execution of a task, with the time of each status in seconds. */
export function childOf(
  task: string,
  log: readonly (readonly [ExecutionStatus, number])[],
  more: { id?: string; taskExecution?: string; item?: number; route?: number; chain?: boolean; runner?: string } = {},
): Execution {
  const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1) + seconds * 1000).toISOString()
  const [status, last] = log.at(-1) ?? ['requested', 0]
  const isEnded = ['succeeded', 'failed', 'timeout', 'canceled', 'abandoned'].includes(status)
  const taskExecution = more.taskExecution ?? `${task}-1`
  const id = more.id ?? `${taskExecution}-${more.item ?? 0}`
  const { route = 0, item } = more
  return {
    id,
    status,
    start_timestamp: at(log[0]?.[1] ?? 0),
    ...(isEnded ? { end_timestamp: at(last) } : {}),
    log: log.map(([name, seconds]) => ({ status: name, timestamp: at(seconds) })),
    parent: 'parent',
    action: { ref: 'core.local', runner_type: more.runner ?? 'local-shell-cmd' },
    context: more.chain
      ? { chain: { name: task } }
      : {
          orquesta: {
            task_execution_id: taskExecution,
            task_name: task,
            task_route: route,
            ...(item === undefined ? {} : { item_id: item }),
          },
        },
  } as unknown as Execution
}

export const SECONDS_0 = Date.UTC(2026, 0, 1)
