import './triggers.css'
import type { TriggerInstanceView } from '@st2/model'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import {
  INSTANCE_PAGE,
  type InstanceFilters,
  instanceFiltersToSearch,
  isInstanceFiltered,
} from '../../api/instance-filters.ts'
import { triggerInstanceList } from '../../api/triggers.ts'
import { paths } from '../../paths.ts'
import { AppLink, useGo } from '../../shell/AppLink.tsx'
import { ProblemNotice } from '../../shell/ErrorPages.tsx'
import { useTitle } from '../../shell/use-title.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState, Skeleton } from '../../ui/Feedback.tsx'
import { usePreferences } from '../../ui/preferences.ts'
import { type Row, RowList } from '../../ui/RowList.tsx'
import { SplitPane } from '../../ui/SplitPane.tsx'
import { dayKey, formatDay, type Zone } from '../../ui/time.ts'
import { useState } from 'react'
import { InstanceFilterBar } from './InstanceFilterBar.tsx'
import { InstancePanel } from './InstancePanel.tsx'
import { InstanceRow } from './InstanceRow.tsx'
import { TriggerTabs } from './TriggerTabs.tsx'

const route = getRouteApi('/triggers/instances/{-$id}')

const NO_ITEMS: readonly TriggerInstanceView[] = []

export function InstancesPage() {
  const { id } = route.useParams()
  const filters = route.useSearch()
  const zone = usePreferences((state) => state.zone)
  const instances = useQuery({ ...triggerInstanceList(filters), placeholderData: keepPreviousData })
  useTitle(id, 'Trigger instances')
  const items = instances.data?.items ?? NO_ITEMS
  const first = useFirst(instanceFiltersToSearch(filters), instances.isPlaceholderData ? undefined : items[0]?.id)
  const shownId = id ?? first
  return (
    <SplitPane
      detail={
        shownId === undefined ? (
          <EmptyState icon="trigger" title="No trigger instance chosen">
            Choose one on the left to see what happened, and which rules answered.
          </EmptyState>
        ) : (
          <InstancePanel filters={filters} id={shownId} key={shownId} />
        )
      }
      detailLabel="Trigger instance"
      list={
        <>
          <TriggerTabs current="instances" />
          <InstanceFilterBar filters={filters} id={id} />
          {instances.isPending && (
            <div className="card-body">
              <Skeleton widths={[30, 92, 70, 88, 64]} />
            </div>
          )}
          {instances.isError && (
            <div className="card-body">
              <ProblemNotice error={instances.error} retry={() => void instances.refetch()} />
            </div>
          )}
          {instances.isSuccess && items.length === 0 && <NoInstances filters={filters} />}
          {items.length > 0 && (
            <RowList label="Trigger instances" rows={rowsOf(items, zone, filters, shownId)} selectedKey={id} />
          )}
          <Pager filters={filters} id={id} shown={items.length} total={instances.data?.total ?? null} />
        </>
      }
      listLabel="Trigger instances"
      open={id !== undefined}
    />
  )
}

/** Without an id in the address the first one is shown, and stays when newer ones arrive. */
function useFirst(list: string, firstId: string | undefined): string | undefined {
  const [shown, setShown] = useState({ list, id: firstId })
  if (shown.list !== list || (shown.id === undefined && firstId !== undefined)) setShown({ list, id: firstId })
  return shown.list === list ? shown.id : undefined
}

function rowsOf(
  items: readonly TriggerInstanceView[],
  zone: Zone,
  filters: InstanceFilters,
  shownId: string | undefined,
): Row[] {
  let day = ''
  return items.flatMap((instance) => {
    const row = {
      key: instance.id,
      height: 54,
      content: (
        <InstanceRow current={instance.id === shownId} instance={instance} to={paths.instance(instance.id, filters)} />
      ),
    }
    const key = dayKey(instance.occurrence_time, zone)
    if (key === day) return [row]
    day = key
    return [
      {
        key: `day ${key}`,
        height: 34,
        content: <h2 className="rows-head">{formatDay(instance.occurrence_time, zone)}</h2>,
      },
      row,
    ]
  })
}

function NoInstances({ filters }: { readonly filters: InstanceFilters }) {
  if (isInstanceFiltered(filters) || filters.page > 1)
    return (
      <EmptyState
        actions={
          <AppLink className="btn" to={paths.instances()}>
            Show all instances
          </AppLink>
        }
        icon="filter"
        title="Nothing that happened matches these filters"
      >
        New ones that match appear here by themselves.
      </EmptyState>
    )
  return (
    <EmptyState
      actions={
        <AppLink className="btn" data-look="primary" to={paths.newRule({ trigger: 'core.st2.webhook' })}>
          Write a rule for a webhook
        </AppLink>
      }
      icon="trigger"
      title="Nothing has happened yet"
    >
      Every request to a webhook, every fire of a timer and every event of a sensor is stored here. A rule says which
      webhooks and timers there are.
    </EmptyState>
  )
}

interface PagerProps {
  readonly filters: InstanceFilters
  readonly id: string | undefined
  readonly shown: number
  readonly total: number | null
}

function Pager({ filters, id, shown, total }: PagerProps) {
  const go = useGo()
  const first = (filters.page - 1) * INSTANCE_PAGE + 1
  const last = first + shown - 1
  const hasOlder = total === null ? shown === INSTANCE_PAGE : last < total
  const turn = (by: number) => {
    const next = { ...filters, page: filters.page + by }
    go(id === undefined ? paths.instances(next) : paths.instance(id, next))
  }
  return (
    <footer className="pane-foot">
      <span className="grow tabular" role="status">
        {shown === 0 ? 'No instances' : `${first.toLocaleString('en')}–${last.toLocaleString('en')}`}
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
