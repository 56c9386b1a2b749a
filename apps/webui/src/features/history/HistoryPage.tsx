import './history.css'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import type { Execution } from '@st2/model'
import { filtersToSearch, type HistoryFilters, isFiltered, PAGE_SIZE } from '../../api/execution-filters.ts'
import { executionAncestors, executionList } from '../../api/executions.ts'
import { isExecutionSection, paths } from '../../paths.ts'
import { AppLink, useGo } from '../../shell/AppLink.tsx'
import { ProblemNotice } from '../../shell/ErrorPages.tsx'
import { useTitle } from '../../shell/use-title.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState, Skeleton } from '../../ui/Feedback.tsx'
import { usePreferences } from '../../ui/preferences.ts'
import { type Row, RowList } from '../../ui/RowList.tsx'
import { SplitPane } from '../../ui/SplitPane.tsx'
import { dayKey, formatDay, type Zone } from '../../ui/time.ts'
import { ExecutionItem, type OpenedExecutions } from './ExecutionItem.tsx'
import { ExecutionPanel } from './ExecutionPanel.tsx'
import { FilterBar } from './FilterBar.tsx'
import { pathWith } from './path-with.ts'

const route = getRouteApi('/history/{-$id}/{-$section}')

const NO_ITEMS: readonly Execution[] = []

export function HistoryPage() {
  const { id, section } = route.useParams()
  const filters = route.useSearch()
  const zone = usePreferences((state) => state.zone)
  const executions = useQuery({ ...executionList(filters), placeholderData: keepPreviousData })
  const opened = useOpened(id)
  useTitle(id, 'History')

  const items = executions.data?.items ?? NO_ITEMS
  const first = useFirst(filtersToSearch(filters), executions.isPlaceholderData ? undefined : items[0]?.id)
  const shownId = id ?? first
  const rows = useMemo(
    () =>
      rowsOf(items, zone, (execution) => (
        <ExecutionItem
          execution={execution}
          filters={filters}
          opened={opened}
          // Other rows need not know which one is chosen; an opened workflow hands it down.
          selectedId={execution.id === shownId || opened.has(execution.id) ? shownId : undefined}
        />
      )),
    [items, zone, filters, opened, shownId],
  )

  return (
    <SplitPane
      detail={
        shownId === undefined ? (
          <NothingChosen />
        ) : (
          <ExecutionPanel
            filters={filters}
            id={shownId}
            key={shownId}
            section={isExecutionSection(section) ? section : 'general'}
          />
        )
      }
      detailLabel="Execution"
      list={
        <>
          <FilterBar filters={filters} id={id} />
          {executions.isPending && (
            <div className="card-body">
              <Skeleton widths={[30, 92, 70, 88, 64, 90, 72, 85]} />
            </div>
          )}
          {executions.isError && (
            <div className="card-body">
              <ProblemNotice error={executions.error} retry={() => void executions.refetch()} />
            </div>
          )}
          {executions.isSuccess && items.length === 0 && <NoExecutions filters={filters} />}
          {rows.length > 0 && <RowList label="Executions" rows={rows} selectedKey={id} />}
          <Pager filters={filters} id={id} shown={items.length} total={executions.data?.total ?? null} />
        </>
      }
      listLabel="Executions"
      open={id !== undefined}
    />
  )
}

/**
 * Without an id in the address the first execution is shown. It stays when newer ones arrive: what somebody reads must
 * not change under their eyes.
 */
function useFirst(list: string, firstId: string | undefined): string | undefined {
  const [shown, setShown] = useState({ list, id: firstId })
  if (shown.list !== list || (shown.id === undefined && firstId !== undefined)) setShown({ list, id: firstId })
  return shown.list === list ? shown.id : undefined
}

/** Which workflows show their children: those a person opened, and those above the execution on the screen. */
function useOpened(selectedId: string | undefined): OpenedExecutions {
  const [flipped, setFlipped] = useState<ReadonlyMap<string, boolean>>(new Map())
  const ancestors = useQuery({ ...executionAncestors(selectedId ?? ''), enabled: selectedId !== undefined }).data
  // The same object while nothing opens or closes, so that rows need not be drawn again.
  return useMemo(() => {
    const has = (id: string) => flipped.get(id) ?? ancestors?.includes(id) ?? false
    return { has, flip: (id) => setFlipped((before) => new Map(before).set(id, !has(id))) }
  }, [flipped, ancestors])
}

function rowsOf(items: readonly Execution[], zone: Zone, content: (execution: Execution) => React.ReactNode): Row[] {
  let day = ''
  return items.flatMap((execution) => {
    const row = { key: execution.id, height: 54, content: content(execution) }
    const key = dayKey(execution.start_timestamp, zone)
    if (key === day) return [row]
    day = key
    const head = <h2 className="rows-head">{formatDay(execution.start_timestamp, zone)}</h2>
    return [{ key: `day ${key}`, height: 34, content: head }, row]
  })
}

function NothingChosen() {
  return (
    <EmptyState icon="history" title="No execution chosen">
      Choose one on the left to see its status, parameters and output.
    </EmptyState>
  )
}

function NoExecutions({ filters }: { readonly filters: HistoryFilters }) {
  if (isFiltered(filters) || filters.page > 1)
    return (
      <EmptyState
        actions={
          <AppLink className="btn" to={paths.history()}>
            Show all executions
          </AppLink>
        }
        icon="filter"
        title="Nothing matches these filters"
      >
        New executions that match appear here by themselves.
      </EmptyState>
    )
  return (
    <EmptyState
      actions={
        <AppLink className="btn" data-look="primary" to={paths.action('core.local')}>
          Run core.local
        </AppLink>
      }
      icon="history"
      title="Nothing has run yet"
    >
      Every run of an action is recorded here, whoever or whatever started it. Run one in the browser, or type{' '}
      <code>st2 run core.local cmd=date</code>.
    </EmptyState>
  )
}

interface PagerProps {
  readonly filters: HistoryFilters
  readonly id: string | undefined
  readonly shown: number
  readonly total: number | null
}

function Pager({ filters, id, shown, total }: PagerProps) {
  const go = useGo()
  const first = (filters.page - 1) * PAGE_SIZE + 1
  const last = first + shown - 1
  const hasOlder = total === null ? shown === PAGE_SIZE : last < total
  const turn = (by: number) => go(pathWith(id, { ...filters, page: filters.page + by }))
  return (
    <footer className="pane-foot">
      <span className="grow tabular" role="status">
        {shown === 0 ? 'No executions' : `${first.toLocaleString('en')}–${last.toLocaleString('en')}`}
        {total !== null && shown > 0 && ` of ${total.toLocaleString('en')}`}
      </span>
      <Button
        disabledReason={filters.page === 1 ? 'These are the newest.' : undefined}
        look="plain"
        onClick={() => turn(-1)}
        size="s"
      >
        Newer
      </Button>
      <Button
        disabledReason={hasOlder ? undefined : 'There are no older ones.'}
        look="plain"
        onClick={() => turn(1)}
        size="s"
      >
        Older
      </Button>
    </footer>
  )
}
