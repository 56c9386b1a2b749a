import type { TaskModel } from '@st2/designer'
import { paths } from '../../../paths.ts'
import { Button } from '../../../ui/Button.tsx'
import { Combobox } from '../../../ui/Combobox.tsx'
import { Notice } from '../../../ui/Feedback.tsx'
import { Field } from '../../../ui/Field.tsx'
import { isUnknownAction } from '../canvas/flow-nodes.ts'
import { useActions, useKnownActions } from '../palette/use-actions.ts'
import { TaskPlayed } from '../run/TaskPlayed.tsx'
import { useDesigner, useDesignerState, useExecute } from '../state/designer-context.ts'
import { useProblems } from '../state/problems-context.ts'
import { removeChosen } from '../state/task-operations.ts'
import { ItemsForm } from './ItemsForm.tsx'
import { RetryForm } from './RetryForm.tsx'
import { TaskInput } from './TaskInput.tsx'
import { TransitionList } from './TransitionList.tsx'
import { useDraftText } from './use-draft-text.ts'
import { WaitForm } from './WaitForm.tsx'

/** Everything that a task says. */
export function TaskForm({ task }: { readonly task: TaskModel }) {
  const designer = useDesigner()
  const execute = useExecute()
  const { workflow } = useDesignerState()
  const problems = useProblems().filter((problem) => problem.task === task.name)
  return (
    <form
      aria-label={`Task ${task.name}`}
      className="stack"
      data-test="task_form"
      onSubmit={(event) => event.preventDefault()}
    >
      <header className="row task-form-head">
        <h3 className="truncate grow" data-test="task_name" title={task.name}>
          {task.name}
        </h3>
        <Button
          aria-label={`Rename ${task.name}`}
          data-test="rename_task"
          icon="edit"
          look="plain"
          onClick={() => designer.view.setState({ dialog: { kind: 'rename-task', task: task.name } })}
          size="s"
        />
        <Button
          aria-label={`Delete ${task.name}`}
          data-test="delete_task"
          icon="trash"
          look="plain"
          onClick={() => {
            designer.view.setState({ transition: null, chosen: [task.name] })
            removeChosen(designer, execute)
          }}
          size="s"
        />
      </header>
      {!workflow.isCurrent && (
        <Notice tone="warn">The text has a mistake. Until it is put right, forms change nothing.</Notice>
      )}
      <TaskPlayed task={task.name} />
      {problems.map(({ message, severity }, index) => (
        <Notice key={`${index} ${message}`} tone={severity === 'error' ? 'bad' : 'warn'}>
          {message}
        </Notice>
      ))}
      {task.isShared && (
        <Notice tone="run">
          Parts of this task are shared with others by YAML anchors. Some of it is changed in the code only.
        </Notice>
      )}
      {task.undrawn.length > 0 && (
        <Notice tone="warn">
          Kept as it is written, and not shown here: <span className="mono">{task.undrawn.join(', ')}</span>
        </Notice>
      )}
      <ActionField task={task} />
      <TaskInput task={task} />
      <TransitionList task={task} />
      <ItemsForm task={task} />
      <WaitForm task={task} />
      <RetryForm task={task} />
    </form>
  )
}

function ActionField({ task }: { readonly task: TaskModel }) {
  const execute = useExecute()
  const actions = useActions()
  const known = useKnownActions()
  const draft = useDraftText(task.action ?? '', (text) =>
    execute({
      verb: 'set-task-field',
      task: task.name,
      field: 'action',
      value: text.trim() === '' ? null : text.trim(),
    }),
  )
  const isUnknown = isUnknownAction(task.action, known)
  const about = actions.find(({ ref }) => ref === task.action)?.description
  return (
    <Field
      help={isUnknown ? 'This server knows no such action. The task is kept as it is.' : about}
      label="Action"
      side={
        task.action !== null &&
        !isUnknown && (
          <a href={`#${paths.action(task.action)}`} rel="noopener" target="_blank">
            Open it
          </a>
        )
      }
    >
      {(control) => (
        <div onBlur={draft.settle}>
          <Combobox
            control={control}
            enter="chosen"
            label="Actions"
            onChange={draft.write}
            options={actions.map(({ ref, description }) => ({ value: ref, detail: description }))}
            placeholder="none: the task does nothing itself"
            testId="task_action"
            value={draft.text}
          />
        </div>
      )}
    </Field>
  )
}
