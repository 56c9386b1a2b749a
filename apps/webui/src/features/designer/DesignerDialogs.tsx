import { canConnect } from '@st2/designer'
import { ENGINE_COMMANDS } from '@st2/orquesta'
import { WHEN_SUCCEEDED } from './details/conditions.ts'
import { ChooseTaskDialog } from './dialogs/ChooseTaskDialog.tsx'
import { KeysDialog } from './dialogs/KeysDialog.tsx'
import { PlaygroundDialog } from './dialogs/PlaygroundDialog.tsx'
import { RenameDialog } from './dialogs/RenameDialog.tsx'
import { AddTaskDialog } from './palette/AddTaskDialog.tsx'
import { RunDialog } from './run/RunDialog.tsx'
import { ConflictDialog } from './save/ConflictDialog.tsx'
import { DeleteDialog } from './save/DeleteDialog.tsx'
import { SaveDialog } from './save/SaveDialog.tsx'
import { useDesigner, useExecute, useSaving, useView, useWorkflow } from './state/designer-context.ts'
import { showTask } from './state/show-task.ts'

/** What is asked in front of everything else. */
export function DesignerDialogs() {
  const designer = useDesigner()
  const dialog = useView((view) => view.dialog)
  const failure = useSaving((saving) => saving.failure)
  const close = () => designer.view.setState({ dialog: null })
  if (failure?.kind === 'conflict') return <ConflictDialog changed={failure.changed} />
  switch (dialog?.kind) {
    case undefined:
      return null
    case 'add':
      return <AddTaskDialog onAdded={(task) => showTask(designer, task)} onClose={close} place={dialog.after} />
    case 'save':
      return <SaveDialog mode="same" onClose={close} />
    case 'save-as':
      return <SaveDialog mode="new" onClose={close} />
    case 'delete':
      return <DeleteDialog onClose={close} />
    case 'run':
    case 'simulate':
      return <RunDialog kind={dialog.kind} onClose={close} />
    case 'rename-task':
      return <RenameDialog kind="task" name={dialog.task} onClose={close} />
    case 'rename-variable':
      return <RenameDialog kind="variable" name={dialog.name} onClose={close} />
    case 'keys':
      return <KeysDialog onClose={close} />
    case 'playground':
      return <PlaygroundDialog onClose={close} />
    case 'find':
      return <ChooseTaskDialog onChoose={(task) => showTask(designer, task)} onClose={close} title="Find a task" />
    case 'link':
      return <LinkDialog onClose={close} task={dialog.task} />
  }
}

function LinkDialog({ task, onClose }: { readonly task: string; readonly onClose: () => void }) {
  const execute = useExecute()
  const workflow = useWorkflow()
  return (
    <ChooseTaskDialog
      onChoose={(target) => execute({ verb: 'add-transition', task, when: WHEN_SUCCEEDED, do: [target] })}
      onClose={onClose}
      others={ENGINE_COMMANDS}
      reasonAgainst={(target) => {
        const verdict = canConnect(workflow, task, target)
        return verdict.allowed ? null : verdict.reason
      }}
      title={`${task} leads to …`}
    />
  )
}
