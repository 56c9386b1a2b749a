import { useQuery } from '@tanstack/react-query'
import { EXECUTION_STATUSES } from '@st2/model'
import { type FocusEvent, type FormEvent, useEffect, useId, useMemo, useState } from 'react'
import type { HistoryFilters } from '../../api/execution-filters.ts'
import { executionFilterValues } from '../../api/executions.ts'
import { completions, readWords } from '../../api/filter-words.ts'
import { RELATIVE_RANGES } from '../../api/time-range.ts'
import { Combobox } from '../../ui/Combobox.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { focusFirstRow } from '../../ui/SearchField.tsx'

interface FilterSearchProps {
  readonly filters: HistoryFilters
  readonly onChange: (filters: HistoryFilters) => void
}

/** Words to look for; those that name a filter, as in `status:failed`, become that filter when Enter is pressed. */
export function FilterSearch({ filters, onChange }: FilterSearchProps) {
  const [text, setText] = useState(filters.q)
  const id = useId()
  const values = useQuery(executionFilterValues()).data
  useEffect(() => setText(filters.q), [filters])
  const read = readWords(text, filters)
  const options = useMemo(() => {
    const known = { ...values, status: EXECUTION_STATUSES, last: RELATIVE_RANGES }
    return completions(text, known).map((value) => ({ value }))
  }, [text, values])
  const submit = (event?: FormEvent) => {
    event?.preventDefault()
    if (read.error === undefined && text.trim() !== filters.q) onChange(read.filters)
  }
  const leave = (event: FocusEvent<HTMLFormElement>) => {
    if (!event.currentTarget.contains(event.relatedTarget)) submit()
  }
  return (
    <form
      className="search"
      onBlur={leave}
      // Where nothing is offered, the arrow goes on to the list.
      onKeyDownCapture={(event) => event.key === 'ArrowDown' && options.length === 0 && focusFirstRow(event)}
      onSubmit={submit}
      role="search"
    >
      <Icon name="search" size={14} />
      <Combobox
        control={{
          id,
          'aria-describedby': read.error === undefined ? undefined : `${id}-error`,
          'aria-invalid': read.error === undefined ? undefined : true,
          'aria-required': undefined,
        }}
        enter="chosen"
        label="Ways to go on"
        mono={false}
        name="Search the executions"
        onChange={setText}
        options={options}
        placeholder="Search, or status:failed"
        testId="filter"
        value={text}
      />
      {read.error !== undefined && (
        <p className="field-error search-error" id={`${id}-error`} role="status">
          {read.error}
        </p>
      )}
    </form>
  )
}
