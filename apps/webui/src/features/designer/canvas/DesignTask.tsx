import { Handle, type Node, type NodeProps, Position } from '@xyflow/react'
import { memo } from 'react'
import { Icon } from '../../../ui/Icon.tsx'
import { aboutTask, CommandNode, type CommandNodeData, Marks } from '../../../widgets/workflow-graph/TaskNode.tsx'
import { useDesigner } from '../state/designer-context.ts'
import type { DesignTaskData, MissingNodeData } from './flow-nodes.ts'

/** A task on the canvas: the button is what the keyboard walks, the handle below leads on to other tasks. */
export const DesignTask = memo(function DesignTask({ data }: NodeProps<Node<DesignTaskData>>) {
  const { task, look, trouble, isUnknown, isStop, isChosen } = data
  const { view } = useDesigner()
  return (
    <>
      <Handle className="design-target" isConnectableStart={false} position={Position.Top} type="target" />
      <button
        aria-pressed={isChosen}
        className={`task-node design-task tone-${look?.tone ?? 'idle'}`}
        data-faint={look?.isFaint || undefined}
        data-task={task.id}
        tabIndex={isStop ? 0 : -1}
        title={[aboutTask(task), trouble?.words].filter(Boolean).join('\n')}
        type="button"
      >
        <span className="task-node-line">
          {look && <Icon className={`task-node-icon ${look.spins ? 'spin' : ''}`} name={look.icon} size={14} />}
          <span className="task-node-name truncate">{task.id}</span>
          <span className="sr-only">{spoken(data)}</span>
          <Marks task={task} />
          {trouble && (
            <span className={trouble.severity === 'error' ? 'tone-bad design-trouble' : 'tone-warn design-trouble'}>
              <Icon name={trouble.severity === 'error' ? 'warning' : 'info'} size={14} />
            </span>
          )}
        </span>
        <span className="task-node-line task-node-more">
          {look && <span className="task-node-word">{look.word}</span>}
          <span className="truncate mono">{look?.note ?? task.action ?? 'no action'}</span>
          {isUnknown && <span className="tag design-unknown">unknown</span>}
          {look?.items && <span className="task-node-side tabular">{`${look.items.done}/${look.items.total}`}</span>}
        </span>
      </button>
      <Handle className="design-source" isConnectableEnd={false} position={Position.Bottom} type="source" />
      <button
        aria-label={`Add a task after ${task.id}`}
        className="design-add nodrag nopan"
        data-test={`add_after:${task.id}`}
        onClick={() => view.setState({ dialog: { kind: 'add', after: { task: task.id } } })}
        tabIndex={-1}
        title="Add a task that follows"
        type="button"
      >
        <Icon name="plus" size={13} />
      </button>
    </>
  )
})

/** What the engine is told to do. */
export const DesignCommand = memo(function DesignCommand(props: NodeProps<Node<CommandNodeData>>) {
  return (
    <>
      <Handle className="design-target" isConnectable={false} position={Position.Top} type="target" />
      <CommandNode {...props} />
    </>
  )
})

/** A target that no task has the name of. */
export const MissingNode = memo(function MissingNode({ data }: NodeProps<Node<MissingNodeData>>) {
  return (
    <span className="command-node design-missing tone-bad" title={`There is no task ${data.name}`}>
      <Handle className="design-target" isConnectable={false} position={Position.Top} type="target" />
      <Icon name="warning" size={12} />
      <span className="truncate">{data.name}</span>
    </span>
  )
})

/** What is only drawn, for who listens; names and actions are read out as they stand there. */
function spoken({ task, trouble }: DesignTaskData): string {
  return [
    '',
    task.items !== null && 'with items',
    task.retries !== null && 'retry',
    task.delay !== null && `delay ${task.delay}`,
    trouble?.words,
  ]
    .filter((words) => words !== false && words !== undefined)
    .join(', ')
}
