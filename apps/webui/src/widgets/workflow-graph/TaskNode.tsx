import type { Node, NodeProps } from '@xyflow/react'
import { memo } from 'react'
import { Icon, type IconName } from '../../ui/Icon.tsx'
import { Lasted } from '../../ui/Lasted.tsx'
import type { NodeLook } from './node-look.ts'
import type { StaticCommand, StaticTask } from './static-graph.ts'

export type TaskNodeData = {
  readonly task: StaticTask
  readonly look: NodeLook | undefined
  readonly isChosen: boolean
  /** Where Tab arrives. */
  readonly isStop: boolean
}

/** A task: its name, how it stands, its action; a bar for its items. The button is what the keyboard walks. */
export const TaskNode = memo(function TaskNode({ data }: NodeProps<Node<TaskNodeData>>) {
  const { task, look, isChosen, isStop } = data
  return (
    <button
      aria-pressed={isChosen}
      className={`task-node tone-${look?.tone ?? 'idle'}`}
      data-faint={look?.isFaint || undefined}
      data-task={task.id}
      tabIndex={isStop ? 0 : -1}
      title={aboutTask(task)}
      type="button"
    >
      <span className="task-node-line">
        {look && <Icon className={`task-node-icon ${look.spins ? 'spin' : ''}`} name={look.icon} size={14} />}
        <span className="task-node-name truncate">{task.id}</span>
        <Marks task={task} />
      </span>
      <span className="task-node-line task-node-more">
        {look && <span className="task-node-word">{look.word}</span>}
        <span className="truncate">{look?.note ?? task.action ?? 'no action'}</span>
        <span className="task-node-side tabular">
          {look?.items && (
            <span>
              {look.items.done}/{look.items.total}
              <span className="sr-only"> items</span>
            </span>
          )}
          {look && look.start !== null && <Lasted end={look.end} start={look.start} />}
        </span>
      </span>
      {look?.items && <ItemsBar items={look.items} />}
    </button>
  )
})

export type CommandNodeData = { readonly command: StaticCommand['command']; readonly isTaken: boolean }

const COMMANDS: Readonly<Record<StaticCommand['command'], { readonly icon: IconName; readonly meaning: string }>> = {
  continue: { icon: 'arrow', meaning: 'Goes on; nothing follows here' },
  noop: { icon: 'dash', meaning: 'Does nothing, and goes on' },
  fail: { icon: 'cross', meaning: 'Fails the workflow' },
  retry: { icon: 'rerun', meaning: 'Runs the task again, three times at most' },
}

export const CommandNode = memo(function CommandNode({ data }: NodeProps<Node<CommandNodeData>>) {
  const { icon, meaning } = COMMANDS[data.command]
  return (
    <span
      className={`command-node ${data.isTaken ? (data.command === 'fail' ? 'tone-bad' : 'tone-ok') : ''}`}
      data-taken={data.isTaken || undefined}
      title={meaning}
    >
      <Icon name={icon} size={12} />
      {data.command}
    </span>
  )
})

/** What the definition says of a task, beside its name. */
export function Marks({ task }: { readonly task: StaticTask }) {
  return (
    <span className="task-node-marks">
      {task.join !== null && <span className="tag">{task.join === 'all' ? 'join' : `join ${task.join}`}</span>}
      {task.isSplit && <span className="tag">split</span>}
      {task.retries !== null && <Icon name="rerun" size={12} />}
      {task.delay !== null && <Icon name="hourglass" size={12} />}
      {task.items !== null && <Icon name="items" size={12} />}
    </span>
  )
}

export function aboutTask({ id, action, join, items, retries, delay, isSplit }: StaticTask): string {
  return [
    action === null ? id : `${id}: ${action}`,
    join !== null && (join === 'all' ? 'Waits for all that lead here' : `Waits for ${join} of those that lead here`),
    isSplit && 'Runs once for each way that leads here',
    items !== null && `For each ${items}`,
    retries !== null && `Tried again up to ${retries} times`,
    delay !== null && `Delayed by ${delay} s`,
  ]
    .filter(Boolean)
    .join('\n')
}

/** Done, failed and to do, as shares of one bar; the numbers stand beside it. */
function ItemsBar({ items: { done, bad, total } }: { readonly items: NonNullable<NodeLook['items']> }) {
  const share = (count: number) => ({ width: `${total === 0 ? 0 : (count / total) * 100}%` })
  return (
    <span aria-hidden="true" className="items-bar">
      <span className="tone-ok" style={share(done - bad)} />
      <span className="tone-bad" style={share(bad)} />
    </span>
  )
}
