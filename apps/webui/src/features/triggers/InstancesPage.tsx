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
import { InstanceFilterBar } from './InstanceFilterBar.tsx'
import { InstancePanel } from './InstancePanel.tsx'
import { InstanceRow } from './InstanceRow.tsx'
import { TriggerTabs } from './TriggerTabs.tsx'

const route = getRouteApi('/triggers/instances/{-$id}')

const NO_ITEMS: readonly TriggerInstanceView[] = []

export function InstancesPage() {
  const { id } = route.useParams()
  const filters = route.useSearch()
  const go = useGo()
  const zone = usePreferences((state) => state.zone)
  const instances = useQuery({ ...triggerInstanceList(filters), placeholderData: keepPreviousData })
  useTitle(id, 'Trigger instances')
  const items = instances.data?.items ?? NO_ITEMS
  const first = useFirst(instanceFiltersToSearch(filters), instances.isPlaceholderData ? undefined : items[0]?.id)
  const shownId = id ?? first
  const rows = headedRows(items, {
    group: (instance) => dayKey(instance.occurrence_time, zone),
    title: (instance) => formatDay(instance.occurrence_time, zone),
    row: (instance) => ({
      key: instance.id,
      height: 54,
      content: (
        <InstanceRow current={instance.id === shownId} instance={instance} to={paths.instance(instance.id, filters)} />
      ),
    }),
  })
  /** The same screen under other filters: the instance on it stays. */
  const show = (next: InstanceFilters) => go(id === undefined ? paths.instances(next) : paths.instance(id, next))

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
          <InstanceFilterBar filters={filters} onChange={show} />
          <ListState query={instances} widths={[30, 92, 70, 88, 64]} />
          {instances.isSuccess && items.length === 0 && <NoInstances filters={filters} />}
          {rows.length > 0 && <RowList label="Trigger instances" rows={rows} selectedKey={id} />}
          <Pager
            items="instances"
            onTurn={(page) => show({ ...filters, page })}
            page={filters.page}
            pageSize={INSTANCE_PAGE}
            shown={items.length}
            total={instances.data?.total ?? null}
          />
        </>
      }
      listLabel="Trigger instances"
      open={id !== undefined}
    />
  )
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
