import { type TaskModel, type TransitionModel, TRANSITION_COLORS } from '@st2/designer'
import { useEffect, useRef } from 'react'
import { Button } from '../../../ui/Button.tsx'
import { Field } from '../../../ui/Field.tsx'
import { Icon } from '../../../ui/Icon.tsx'
import { useChosenTransition } from '../state/chosen.ts'
import { useExecute } from '../state/designer-context.ts'
import { type ConditionChoice, CONDITIONS, conditionChoice, whenOf } from './conditions.ts'
import { EntryRows } from './EntryRows.tsx'
import { ExpressionInput } from './ExpressionInput.tsx'
import { moved } from './moved.ts'
import { TargetsField } from './TargetsField.tsx'

interface TransitionFormProps {
  readonly task: TaskModel
  readonly transition: TransitionModel
}

/** One transition: when it is taken, what it sets, where it leads. */
export function TransitionForm({ task, transition }: TransitionFormProps) {
  const execute = useExecute()
  const chosen = useChosenTransition()
  const element = useRef<HTMLFieldSetElement>(null)
  const { name } = task
  const { index, when, publish, color } = transition
  const isChosen = chosen?.task === name && chosen.index === index
  const place = { kind: 'transition', task: name, transition: index } as const
  const set = (change: {
    when?: string | null
    publish?: { name: string; value: unknown }[] | null
    color?: string | null
  }) => execute({ verb: 'set-transition', task: name, index, ...change })
  const setPublish = (entries: readonly { name: string; value: unknown }[]) =>
    set({ publish: entries.length === 0 ? null : [...entries] })
  useEffect(() => {
    if (isChosen) element.current?.scrollIntoView({ block: 'nearest' })
  }, [isChosen])
  return (
    <fieldset
      className="transition-form stack"
      data-chosen={isChosen || undefined}
      data-test={`transition:${index}`}
      ref={element}
    >
      <legend className="sr-only">Transition {index + 1}</legend>
      <div className="row">
        <span
          aria-hidden="true"
          className="transition-color"
          style={color === null ? undefined : { background: color }}
        />
        <select
          aria-label={`When transition ${index + 1} is taken`}
          className="input grow"
          data-test={`when:${index}`}
          onChange={(event) => set({ when: whenOf(event.target.value as ConditionChoice, when) })}
          value={conditionChoice(when)}
        >
          {CONDITIONS.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
        {index > 0 && (
          <Button
            aria-label={`Move transition ${index + 1} up`}
            icon="up"
            look="plain"
            onClick={() => execute({ verb: 'move-transition', task: name, from: index, to: index - 1 })}
            size="s"
          />
        )}
        {index < task.next.length - 1 && (
          <Button
            aria-label={`Move transition ${index + 1} down`}
            icon="follow"
            look="plain"
            onClick={() => execute({ verb: 'move-transition', task: name, from: index, to: index + 1 })}
            size="s"
          />
        )}
        <Button
          aria-label={`Delete transition ${index + 1}`}
          icon="cross"
          look="plain"
          onClick={() => execute({ verb: 'remove-transition', task: name, index })}
          size="s"
        />
      </div>
      {when !== null && (
        <ExpressionInput
          isBare
          label={`Condition of transition ${index + 1}`}
          onCommit={(text) => set({ when: text.trim() === '' ? null : text })}
          place={{ ...place, published: 0 }}
          placeholder="<% succeeded() and result().code = 0 %>"
          testId={`condition:${index}`}
          value={when}
        />
      )}
      <TargetsField task={task} transition={transition} />
      <Field label="Sets">
        {() => (
          <EntryRows
            addLabel="Variable"
            entries={publish}
            label={`Variables that transition ${index + 1} sets`}
            onAdd={(variable) => setPublish([...publish, { name: variable, value: '<% result() %>' }])}
            onChange={(at, entry) => setPublish(publish.map((other, position) => (position === at ? entry : other)))}
            onMove={(from, to) => setPublish(moved(publish, from, to))}
            onRemove={(at) => setPublish(publish.filter((_, position) => position !== at))}
            placeOf={(published) => ({ ...place, published })}
            testId={`publish:${index}`}
          />
        )}
      </Field>
      <div aria-label="Colour" className="row color-row" role="group">
        {[null, ...TRANSITION_COLORS].map((offered) => (
          <button
            aria-label={offered === null ? 'No colour' : `Colour ${offered}`}
            aria-pressed={offered === (color?.toLowerCase() ?? null)}
            className="color-choice"
            key={offered ?? 'none'}
            onClick={() => set({ color: offered })}
            style={offered === null ? undefined : { background: offered }}
            title={offered ?? 'No colour'}
            type="button"
          >
            {offered === null && <Icon name="ban" size={12} />}
          </button>
        ))}
      </div>
    </fieldset>
  )
}
