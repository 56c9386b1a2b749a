import type { TaskModel } from '@st2/designer'
import { Switch } from '../../../ui/Switch.tsx'
import { useExecute } from '../state/designer-context.ts'
import { ExpressionInput } from './ExpressionInput.tsx'
import { Section } from './Section.tsx'
import { textOfValue, valueOfText } from './value-text.ts'

/** Complete from the start: a retry without a count is a mistake. */
const FIRST_RETRY = { when: '<% failed() %>', count: 3, delay: 1 }

/** `retry`: the task again when it did not end well. */
export function RetryForm({ task }: { readonly task: TaskModel }) {
  const execute = useExecute()
  const { name, retry } = task
  const set = (value: unknown) => execute({ verb: 'set-task-field', task: name, field: 'retry', value })
  const change = (field: 'when' | 'count' | 'delay', text: string) => {
    const value = text.trim() === '' ? null : field === 'when' ? text : valueOfText(text)
    const next = { ...retry, [field]: value }
    set(Object.fromEntries(Object.entries(next).filter(([, part]) => part !== null && part !== undefined)))
  }
  const place = { kind: 'task', task: name } as const
  return (
    <Section
      isOpen={retry !== null}
      summary={retry === null ? 'no' : `up to ${textOfValue(retry.count)} times`}
      testId="retry_section"
      title="Retry"
    >
      <div className="row">
        <Switch
          label="Runs again when it did not end well"
          on={retry !== null}
          onChange={(on) => set(on ? FIRST_RETRY : null)}
          testId="retry_switch"
        />
        <span aria-hidden="true">Runs again when it did not end well</span>
      </div>
      {retry !== null && (
        <>
          <ExpressionInput
            help="Empty: when it failed."
            label="When"
            onCommit={(text) => change('when', text)}
            place={place}
            placeholder="<% failed() %>"
            testId="retry_when"
            value={retry.when ?? ''}
          />
          <ExpressionInput
            error={retry.count === null || retry.count === undefined ? 'How often? A retry needs a count.' : undefined}
            label="How often"
            multiline={false}
            onCommit={(text) => change('count', text)}
            place={place}
            testId="retry_count"
            value={retry.count === null || retry.count === undefined ? '' : textOfValue(retry.count)}
          />
          <ExpressionInput
            help="Seconds between two attempts."
            label="Delay"
            multiline={false}
            onCommit={(text) => change('delay', text)}
            place={place}
            placeholder="0"
            testId="retry_delay"
            value={retry.delay === null || retry.delay === undefined ? '' : textOfValue(retry.delay)}
          />
        </>
      )}
    </Section>
  )
}
