import type { Execution } from '@st2/model'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { NO_FILTERS } from '../../../api/execution-filters.ts'
import { executionList } from '../../../api/executions.ts'
import { rerunOriginOf } from '../../../api/rerun-origin.ts'
import { paths } from '../../../paths.ts'
import { AppLink, useGo } from '../../../shell/AppLink.tsx'
import { ListState } from '../../../shell/ListState.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Field } from '../../../ui/Field.tsx'
import { Icon } from '../../../ui/Icon.tsx'
import { ExecutionRow } from '../../../widgets/execution/ExecutionRow.tsx'

/** Runs that are offered. */
const OFFERED = 20
const ID = /^[0-9a-f]{24}$/

/** With which run to compare: the one that this one repeats, another of the same action, or any by its id. */
export function ComparePicker({ execution }: { readonly execution: Execution }) {
  const ref = execution.action?.ref ?? ''
  const runs = useQuery(executionList({ ...NO_FILTERS, action: [ref] }, OFFERED))
  const others = (runs.data?.items ?? []).filter(({ id }) => id !== execution.id)
  const origin = rerunOriginOf(execution)
  return (
    <>
      {origin !== null && (
        <p>
          <AppLink
            className="btn"
            data-look="primary"
            data-test="compare_origin"
            to={paths.compare(execution.id, origin.of)}
          >
            <Icon name="compare" /> With the run that this one repeats
          </AppLink>
        </p>
      )}
      <section aria-label="Other runs" className="card">
        <div className="card-head">
          <h3>Other runs of {ref}</h3>
        </div>
        <ListState query={runs} widths={[80, 60, 70]} />
        {runs.isSuccess && others.length === 0 && <p className="lines-note">There is no other run of this action.</p>}
        <ul className="task-rows">
          {others.map((other) => (
            <li key={other.id}>
              <ExecutionRow execution={other} to={paths.compare(execution.id, other.id)} />
            </li>
          ))}
        </ul>
      </section>
      <ById id={execution.id} />
    </>
  )
}

function ById({ id }: { readonly id: string }) {
  const go = useGo()
  const [text, setText] = useState('')
  const [tried, setTried] = useState(false)
  const other = text.trim()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (ID.test(other)) go(paths.compare(id, other))
  }
  return (
    <form className="compare-by-id" onSubmit={submit}>
      <Field
        error={tried && !ID.test(other) ? 'The id of an execution has 24 digits from 0 to f.' : undefined}
        label="Any run, by its id"
      >
        {(control) => (
          <input {...control} className="input mono" onChange={(event) => setText(event.target.value)} value={text} />
        )}
      </Field>
      <Button type="submit">Compare</Button>
    </form>
  )
}
