import { copyTasks, type TaskModel } from '@st2/designer'
import { Button } from '../../../ui/Button.tsx'
import { copyText } from '../../../ui/copy.ts'
import type { Alignment } from '../canvas/align.ts'
import { useDesigner, useExecute, useWorkflow } from '../state/designer-context.ts'
import { alignChosen, duplicateChosen, removeChosen } from '../state/task-operations.ts'

const ALIGNMENTS: readonly { readonly value: Alignment; readonly label: string }[] = [
  { value: 'left', label: 'Left edges in line' },
  { value: 'center', label: 'Below each other' },
  { value: 'top', label: 'Beside each other' },
  { value: 'spread-x', label: 'Same distance across' },
  { value: 'spread-y', label: 'Same distance down' },
]

/** What can be done with several tasks. */
export function ManyTasks({ tasks }: { readonly tasks: readonly TaskModel[] }) {
  const designer = useDesigner()
  const execute = useExecute()
  const workflow = useWorkflow()
  const names = tasks.map(({ name }) => name)
  return (
    <div className="stack" data-test="many_tasks">
      <h3>{tasks.length} tasks</h3>
      <p className="mono muted">{names.join(', ')}</p>
      <fieldset className="stack">
        <legend className="field-label">Put them in line</legend>
        <div className="row wrap">
          {ALIGNMENTS.map(({ value, label }) => (
            <Button key={value} onClick={() => alignChosen(designer, execute, value)} size="s">
              {label}
            </Button>
          ))}
        </div>
      </fieldset>
      <div className="row wrap">
        <Button icon="copy" onClick={() => void copyText(copyTasks(workflow, names), 'Tasks')}>
          Copy
        </Button>
        <Button icon="items" onClick={() => duplicateChosen(designer, execute)}>
          Duplicate
        </Button>
        <Button icon="trash" look="danger" onClick={() => removeChosen(designer, execute)}>
          Delete
        </Button>
      </div>
    </div>
  )
}
