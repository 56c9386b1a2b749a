import { Button } from '../../../ui/Button.tsx'
import { EmptyState, Kbd } from '../../../ui/Feedback.tsx'
import { useDesigner } from '../state/designer-context.ts'

export function EmptyCanvas() {
  const { view } = useDesigner()
  return (
    <div className="design-empty">
      <EmptyState
        actions={
          <Button
            data-autofocus=""
            data-test="add_first"
            icon="plus"
            look="primary"
            onClick={() => view.setState({ dialog: { kind: 'add', after: { task: null } } })}
          >
            Add a task
          </Button>
        }
        icon="graph"
        title="An empty workflow"
      >
        Drag an action here from the library, or press <Kbd>Insert</Kbd>. Each task runs an action; transitions say what
        follows.
      </EmptyState>
    </div>
  )
}
