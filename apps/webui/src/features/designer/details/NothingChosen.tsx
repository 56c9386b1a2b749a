import { Button } from '../../../ui/Button.tsx'
import { Icon } from '../../../ui/Icon.tsx'
import { useDesigner, useWorkflow } from '../state/designer-context.ts'
import { showTask } from '../state/show-task.ts'

/** All tasks, to choose one of them. */
export function NothingChosen() {
  const designer = useDesigner()
  const { tasks } = useWorkflow()
  return (
    <div className="stack">
      <p className="muted">
        {tasks.length === 0
          ? 'There are no tasks yet.'
          : 'Choose a task to see what it does, or several to put them in line.'}
      </p>
      <ul aria-label="Tasks" className="task-list">
        {tasks.map(({ name, action }) => (
          <li key={name}>
            <button className="menu-item" onClick={() => showTask(designer, name)} type="button">
              <Icon name="bolt" size={14} />
              <span className="truncate">{name}</span>
              <span className="grow truncate muted mono">{action ?? 'no action'}</span>
            </button>
          </li>
        ))}
      </ul>
      <div>
        <Button
          data-test="add_task_button"
          icon="plus"
          onClick={() => designer.view.setState({ dialog: { kind: 'add', after: { task: null } } })}
        >
          Add a task
        </Button>
      </div>
    </div>
  )
}
