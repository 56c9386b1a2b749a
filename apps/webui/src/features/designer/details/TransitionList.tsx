import type { TaskModel } from '@st2/designer'
import { Button } from '../../../ui/Button.tsx'
import { useDesigner, useExecute } from '../state/designer-context.ts'
import { WHEN_SUCCEEDED } from './conditions.ts'
import { Section } from './Section.tsx'
import { TransitionForm } from './TransitionForm.tsx'

/** What follows a task. */
export function TransitionList({ task }: { readonly task: TaskModel }) {
  const { view } = useDesigner()
  const execute = useExecute()
  const targets = task.next.flatMap((transition) => transition.do)
  return (
    <Section isOpen summary={targets.join(', ') || 'nothing follows'} testId="transitions" title="What follows">
      {task.next.map((transition) => (
        <TransitionForm key={transition.index} task={task} transition={transition} />
      ))}
      <div className="row wrap">
        <Button
          data-test="add_transition"
          icon="plus"
          onClick={() => execute({ verb: 'add-transition', task: task.name, when: WHEN_SUCCEEDED })}
          size="s"
        >
          Transition
        </Button>
        <Button
          data-test="add_next"
          icon="arrow"
          onClick={() => view.setState({ dialog: { kind: 'add', after: { task: task.name } } })}
          size="s"
        >
          New task after it
        </Button>
      </div>
    </Section>
  )
}
