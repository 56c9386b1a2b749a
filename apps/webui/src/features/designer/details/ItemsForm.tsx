import type { TaskModel } from '@st2/designer'
import { Switch } from '../../../ui/Switch.tsx'
import { useExecute } from '../state/designer-context.ts'
import { ExpressionInput } from './ExpressionInput.tsx'
import { Section } from './Section.tsx'
import { textOfValue, valueOfText } from './value-text.ts'

const FIRST_ITEMS = 'item in <% ctx(items) %>'

/** `with`: the action once for each item of a list. */
export function ItemsForm({ task }: { readonly task: TaskModel }) {
  const execute = useExecute()
  const { name, with: items } = task
  const set = (value: unknown) => execute({ verb: 'set-task-field', task: name, field: 'with', value })
  const place = { kind: 'task', task: name } as const
  return (
    <Section
      isOpen={items !== null}
      summary={items === null ? 'no' : items.items}
      testId="items_section"
      title="For each item"
    >
      <div className="row">
        <Switch
          label="Runs once for each item"
          on={items !== null}
          onChange={(on) => set(on ? { items: FIRST_ITEMS } : null)}
          testId="items_switch"
        />
        <span aria-hidden="true">Runs once for each item of a list</span>
      </div>
      {items !== null && (
        <>
          <ExpressionInput
            help={
              <>
                <code>host in &lt;% ctx(hosts) %&gt;</code>; the item is then <code>&lt;% item(host) %&gt;</code>
              </>
            }
            label="Items"
            onCommit={(text) => set(withConcurrency(text, items.concurrency))}
            place={place}
            testId="items"
            value={items.items ?? ''}
          />
          <ExpressionInput
            help="How many items run at the same time. Empty: all of them."
            label="Concurrency"
            multiline={false}
            onCommit={(text) => set(withConcurrency(items.items ?? '', text.trim() === '' ? null : valueOfText(text)))}
            place={place}
            placeholder="all"
            testId="concurrency"
            value={items.concurrency === null ? '' : textOfValue(items.concurrency)}
          />
        </>
      )}
    </Section>
  )
}

function withConcurrency(items: string, concurrency: unknown): unknown {
  return concurrency === null || concurrency === undefined ? { items } : { items, concurrency }
}
