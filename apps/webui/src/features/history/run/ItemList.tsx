import { isCompleted } from '@st2/model'
import { useState } from 'react'
import { paths } from '../../../paths.ts'
import { Button } from '../../../ui/Button.tsx'
import { type Choice, Segmented } from '../../../ui/Segmented.tsx'
import { ExecutionRow } from '../../../widgets/execution/ExecutionRow.tsx'
import { itemsOf } from '../../../widgets/run/graph-looks.ts'
import type { Attempt } from '../../../widgets/run/run-model.ts'
import { placeOf } from '../../../widgets/run/task-place.ts'

type Shown = 'all' | 'open' | 'bad' | 'ok'

/** Items of one page. */
const PAGE = 20

/** Executions of a task with items, by how they stand. */
export function ItemList({ attempt, total }: { readonly attempt: Attempt; readonly total: number }) {
  const [shown, setShown] = useState<Shown>('all')
  const [limit, setLimit] = useState(PAGE)
  const { executions } = attempt
  const { done = 0, bad = 0 } = itemsOf(attempt) ?? {}
  const kept = executions.filter(({ status }) => TESTS[shown](status))
  const choices: Choice<Shown>[] = [
    { value: 'all', label: `all ${total.toLocaleString('en')}` },
    { value: 'open', label: `open ${total - done}` },
    { value: 'bad', label: `failed ${bad}` },
    { value: 'ok', label: `succeeded ${done - bad}` },
  ]
  return (
    <section aria-label="Items" className="card" data-test="task_items">
      <div className="card-head wrap">
        <h3 className="grow">Items</h3>
        <Segmented
          choices={choices}
          label="Which items"
          onChange={(value) => {
            setShown(value)
            setLimit(PAGE)
          }}
          value={shown}
        />
      </div>
      {kept.length === 0 && <p className="lines-note">None.</p>}
      <ul className="task-rows">
        {kept.slice(0, limit).map((execution) => (
          <li key={execution.id}>
            <ExecutionRow
              execution={execution}
              taskName={`item ${(placeOf(execution)?.item ?? 0) + 1}`}
              to={paths.execution(execution.id)}
            />
          </li>
        ))}
      </ul>
      {kept.length > limit && (
        <p className="card-body">
          <Button onClick={() => setLimit(limit + 5 * PAGE)} size="s">
            Show more ({limit} of {kept.length.toLocaleString('en')})
          </Button>
        </p>
      )}
    </section>
  )
}

const TESTS: Readonly<Record<Shown, (status: Attempt['executions'][number]['status']) => boolean>> = {
  all: () => true,
  open: (status) => !isCompleted(status),
  bad: (status) => isCompleted(status) && status !== 'succeeded',
  ok: (status) => status === 'succeeded',
}
