import { Button } from '../../../ui/Button.tsx'
import { type Choice, Segmented } from '../../../ui/Segmented.tsx'
import { CodePane } from '../code/CodePane.tsx'
import { useChosenTasks } from '../state/chosen.ts'
import { useDesigner, useView } from '../state/designer-context.ts'
import type { DesignerPanel } from '../state/view-store.ts'
import { ActionForm } from './ActionForm.tsx'
import { ManyTasks } from './ManyTasks.tsx'
import { NothingChosen } from './NothingChosen.tsx'
import { TaskForm } from './TaskForm.tsx'
import { WorkflowForm } from './WorkflowForm.tsx'

const PANELS: readonly Choice<DesignerPanel>[] = [
  { value: 'chosen', label: 'Task' },
  { value: 'workflow', label: 'Workflow' },
  { value: 'action', label: 'Action' },
  { value: 'code', label: 'Code' },
]

/** The right of the screen: forms for what is chosen and for the whole, or the text. */
export function Details() {
  const { view } = useDesigner()
  const panel = useView((state) => state.panel)
  return (
    <section aria-label="Details" className="designer-details" data-pane="details" data-panel={panel}>
      <header className="designer-pane-head">
        <Segmented
          choices={PANELS}
          label="Details of"
          onChange={(next) => view.setState({ panel: next })}
          value={panel}
        />
        <span className="grow" />
        <Button
          aria-label="Hide the details"
          icon="cross"
          look="plain"
          onClick={() => view.setState({ isDetailsOpen: false })}
          size="s"
        />
      </header>
      {panel === 'code' ? (
        <CodePane />
      ) : (
        <div className="designer-form">
          {panel === 'chosen' && <ChosenForm />}
          {panel === 'workflow' && <WorkflowForm />}
          {panel === 'action' && <ActionForm />}
        </div>
      )}
    </section>
  )
}

function ChosenForm() {
  const tasks = useChosenTasks()
  const [first] = tasks
  if (first === undefined) return <NothingChosen />
  return tasks.length > 1 ? <ManyTasks tasks={tasks} /> : <TaskForm key={first.name} task={first} />
}
