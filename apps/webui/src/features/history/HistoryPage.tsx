import './history.css'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import type { Execution } from '@st2/model'
import { filtersToSearch, type HistoryFilters, isFiltered, PAGE_SIZE } from '../../api/execution-filters.ts'
import { executionAncestors, executionList } from '../../api/executions.ts'
import { isExecutionSection, paths } from '../../paths.ts'
import { AppLink, useGo } from '../../shell/AppLink.tsx'
import { ListState } from '../../shell/ListState.tsx'
import { useTitle } from '../../shell/use-title.ts'
import { EmptyState } from '../../ui/Feedback.tsx'
import { headedRows } from '../../ui/headed-rows.tsx'
import { Pager } from '../../ui/Pager.tsx'
import { usePreferences } from '../../ui/preferences.ts'
import { RowList } from '../../ui/RowList.tsx'
import { SplitPane } from '../../ui/SplitPane.tsx'
import { dayKey, formatDay } from '../../ui/time.ts'
import { useFirst } from '../../ui/use-first.ts'
import { ExecutionItem, type OpenedExecutions } from './ExecutionItem.tsx'
import { ExecutionPanel } from './ExecutionPanel.tsx'
import { FilterBar } from './FilterBar.tsx'

const route = getRouteApi('/history/{-$id}/{-$section}')

const NO_ITEMS: readonly Execution[] = []

export function HistoryPage() {
  const { id, section } = route.useParams()
  const filters = route.useSearch()
  const go = useGo()
  const zone = usePreferences((state) => state.zone)
  const executions = useQuery({ ...executionList(filters), placeholderData: keepPreviousData })
  const opened = useOpened(id)
  useTitle(id, 'History')

  const items = executions.data?.items ?? NO_ITEMS
  const first = useFirst(filtersToSearch(filters), executions.isPlaceholderData ? undefined : items[0]?.id)
  const shownId = id ?? first
  const rows = useMemo(
    () =>
      headedRows(items, {
        group: (execution) => dayKey(execution.start_timestamp, zone),
        title: (execution) => formatDay(execution.start_timestamp, zone),
        row: (execution) => ({
          key: execution.id,
          height: 54,
          content: (
            <ExecutionItem
              execution={execution}
              filters={filters}
              opened={opened}
              // Other rows need not know which one is chosen; an opened workflow hands it down.
              selectedId={execution.id === shownId || opened.has(execution.id) ? shownId : undefined}
            />
          ),
        }),
      }),
    [items, zone, filters, opened, shownId],
  )
  /** The same screen under other filters: the execution on it stays. */
  const show = (next: HistoryFilters) =>
    go(id === undefined ? paths.history(next) : paths.execution(id, 'general', next))

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
          <FilterBar filters={filters} onChange={show} />
          <ListState query={executions} widths={[30, 92, 70, 88, 64, 90, 72, 85]} />
          {executions.isSuccess && items.length === 0 && <NoExecutions filters={filters} />}
          {rows.length > 0 && <RowList label="Executions" rows={rows} selectedKey={id} />}
          <Pager
            items="executions"
            onTurn={(page) => show({ ...filters, page })}
            page={filters.page}
            pageSize={PAGE_SIZE}
            shown={items.length}
            total={executions.data?.total ?? null}
          />
        </>
      }
      listLabel="Executions"
      open={id !== undefined}
    />
  )
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
