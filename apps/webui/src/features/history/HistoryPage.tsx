import './history.css'
import type { Execution } from '@st2/model'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Suspense, useEffect, useRef } from 'react'
import { filtersToSearch, type HistoryFilters, isFiltered, PAGE_SIZE } from '../../api/execution-filters.ts'
import { executionList, setListHeld } from '../../api/executions.ts'
import { isExecutionSection, paths } from '../../paths.ts'
import { AppLink, useGo } from '../../shell/AppLink.tsx'
import { ListState } from '../../shell/ListState.tsx'
import { useTitle } from '../../shell/use-title.ts'
import { EmptyState } from '../../ui/Feedback.tsx'
import { Pager } from '../../ui/Pager.tsx'
import { usePreferences } from '../../ui/preferences.ts'
import { RowList, type RowListHandle } from '../../ui/RowList.tsx'
import { SplitPane } from '../../ui/SplitPane.tsx'
import { useFirst } from '../../ui/use-first.ts'
import { useChoice } from './bulk/choice.ts'
import { ChooseAll } from './bulk/ChooseAll.tsx'
import { useChoosing } from './bulk/use-choosing.ts'
import { ExecutionPanel } from './ExecutionPanel.tsx'
import { FilterBar } from './FilterBar.tsx'
import { NewBanner } from './NewBanner.tsx'
import { useHistoryFilters } from './use-history-filters.ts'
import { useHistoryRows } from './use-history-rows.ts'
import { useListRows } from './use-list-rows.tsx'
import { useOpened } from './use-opened.ts'
import { useRunPlace } from './use-run-place.ts'
import { lazyPart } from '../../ui/lazy-part.ts'

const route = getRouteApi('/history/{-$id}/{-$section}')

/** The list comes first. */
const Activity = lazyPart(() => import('./activity/Activity.tsx'), 'Activity')
/** Most look, few choose. */
const BulkBar = lazyPart(() => import('./bulk/BulkBar.tsx'), 'BulkBar')

const NO_ITEMS: readonly Execution[] = []

export function HistoryPage() {
  const { id, section } = route.useParams()
  const filters = useHistoryFilters()
  const go = useGo()
  const executions = useQuery({ ...executionList(filters), placeholderData: keepPreviousData })
  const opened = useOpened(id)
  useTitle(id, 'History')
  useEffect(() => () => setListHeld(filters, false), [filters])

  const items = executions.data?.items ?? NO_ITEMS
  const isComplete = executions.isSuccess && !executions.isPlaceholderData
  const first = useFirst(filtersToSearch(filters), isComplete ? items[0]?.id : undefined)
  const shownId = id ?? first
  const tree = useHistoryRows(items, isComplete, opened)
  const choosing = useChoosing(filters, tree)
  const hasChosen = useChoice((choice) => choice.hasBegun)
  const onChoose = choosing.isOn ? choosing.onChoose : undefined
  const rows = useListRows(tree, { filters, shownId, onFlip: opened.flip, onChoose })
  const list = useRef<RowListHandle>(null)
  const part = isExecutionSection(section) ? section : 'general'
  const place = useRunPlace()
  const showsActivity = usePreferences(({ activity }) => activity)
  /** The same screen under other filters: the execution on it stays, and what of it is looked at. */
  const show = (next: HistoryFilters) =>
    go(id === undefined ? paths.history(next) : paths.execution(id, part, { ...next, ...place }))
  const showNew = () => {
    if (filters.page > 1) return show({ ...filters, page: 1 })
    list.current?.toStart()
    setListHeld(filters, false)
  }

  return (
    <SplitPane
      detail={
        shownId === undefined ? (
          <NothingChosen />
        ) : (
          <ExecutionPanel filters={filters} id={shownId} key={shownId} section={part} />
        )
      }
      detailLabel="Execution"
      list={
        <>
          <FilterBar filters={filters} onChange={show} />
          <Suspense fallback={<div className="activity-place" data-open={showsActivity ? '' : undefined} />}>
            <Activity filters={filters} onChange={show} />
          </Suspense>
          <ListState query={executions} widths={[30, 92, 70, 88, 64, 90, 72, 85]} />
          {choosing.isOn && items.length > 0 && <ChooseAll items={items} />}
          {isComplete && <NewBanner count={executions.data.waiting.length} limit={PAGE_SIZE} onShow={showNew} />}
          {executions.isSuccess && items.length === 0 && <NoExecutions filters={filters} />}
          {rows.length > 0 && (
            <RowList
              handle={list}
              // Another list begins at its top.
              key={filtersToSearch(filters)}
              label="Executions"
              onChoose={choosing.onChoose}
              onScroll={(isAtStart) => setListHeld(filters, !isAtStart)}
              rows={rows}
              selectedKey={id}
            />
          )}
          {hasChosen && (
            <Suspense fallback={null}>
              <BulkBar filters={filters} tree={tree} />
            </Suspense>
          )}
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
