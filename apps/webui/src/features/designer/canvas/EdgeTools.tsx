import { useDesigner, useExecute } from '../state/designer-context.ts'
import { Button } from '../../../ui/Button.tsx'
import { type ConditionChoice, CONDITIONS, conditionChoice, whenOf } from '../details/conditions.ts'
import type { DraftEdge } from './draft-graph.ts'

/** What is changed most of a transition, where it is drawn. */
export function EdgeTools({ edge }: { readonly edge: DraftEdge }) {
  const execute = useExecute()
  const { view, editor } = useDesigner()
  const transition = editor.state.workflow.model.taskNames.get(edge.source)?.next[edge.index]
  if (transition === undefined) return null
  const { source: task, index, target } = edge
  const written = conditionChoice(transition.when)
  const change = (choice: ConditionChoice) => {
    if (choice === 'expression') return view.setState({ isDetailsOpen: true, panel: 'chosen' })
    execute({ verb: 'set-transition', task, index, when: whenOf(choice, transition.when) })
  }
  return (
    <div aria-label={`Transition ${index + 1} of ${task}`} className="design-tools" role="group">
      <select
        aria-label="When"
        className="input design-when"
        onChange={(event) => change(event.target.value as ConditionChoice)}
        value={written}
      >
        {CONDITIONS.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
      <Button
        aria-label="Put a task in between"
        icon="plus"
        look="plain"
        onClick={() => view.setState({ dialog: { kind: 'add', after: { task, between: { index, target } } } })}
        size="s"
      />
      <Button
        aria-label="Delete this transition"
        icon="trash"
        look="plain"
        onClick={() => execute({ verb: 'remove-transition', task, index })}
        size="s"
      />
    </div>
  )
}
