import type { TaskModel } from '@st2/designer'
import { Field } from '../../../ui/Field.tsx'
import { type Choice, Segmented } from '../../../ui/Segmented.tsx'
import { useExecute } from '../state/designer-context.ts'
import { ExpressionInput } from './ExpressionInput.tsx'
import { Section } from './Section.tsx'
import { textOfValue, valueOfText } from './value-text.ts'

type JoinKind = 'none' | 'all' | 'some'

const JOINS: readonly Choice<JoinKind>[] = [
  { value: 'none', label: 'No join' },
  { value: 'all', label: 'All' },
  { value: 'some', label: 'Some' },
]

/** What a task waits for before it starts: those that lead to it, and a time. */
export function WaitForm({ task }: { readonly task: TaskModel }) {
  const execute = useExecute()
  const { name, join, delay } = task
  const kind: JoinKind = join === null || join === undefined ? 'none' : join === 'all' ? 'all' : 'some'
  const setJoin = (value: unknown) => execute({ verb: 'set-task-field', task: name, field: 'join', value })
  const place = { kind: 'task', task: name } as const
  const summary = [kind !== 'none' && `join ${textOfValue(join)}`, delay !== null && `${textOfValue(delay)} s`]
  return (
    <Section
      isOpen={kind !== 'none' || delay !== null}
      summary={summary.filter(Boolean).join(', ') || 'no'}
      testId="wait_section"
      title="Join and delay"
    >
      <Field
        help={
          kind === 'none' ? 'Runs once for each way that leads here.' : 'Waits for those that lead here, and runs once.'
        }
        label="Join"
      >
        {(control) => (
          <div className="row">
            <Segmented
              choices={JOINS}
              describedBy={control['aria-describedby']}
              id={control.id}
              label="Join"
              onChange={(next) => setJoin(JOIN_VALUES[next])}
              value={kind}
            />
            {kind === 'some' && (
              <input
                aria-label="How many of them"
                className="input join-count"
                data-test="join_count"
                min={1}
                onChange={(event) => event.target.value !== '' && setJoin(Number(event.target.value))}
                type="number"
                value={Number(join)}
              />
            )}
          </div>
        )}
      </Field>
      <ExpressionInput
        help="Seconds until it starts, a number or an expression."
        label="Delay"
        multiline={false}
        onCommit={(text) =>
          execute({
            verb: 'set-task-field',
            task: name,
            field: 'delay',
            value: text.trim() === '' ? null : valueOfText(text),
          })
        }
        place={place}
        placeholder="none"
        testId="delay"
        value={delay === null ? '' : textOfValue(delay)}
      />
    </Section>
  )
}

const JOIN_VALUES: Readonly<Record<JoinKind, unknown>> = { none: null, all: 'all', some: 2 }
