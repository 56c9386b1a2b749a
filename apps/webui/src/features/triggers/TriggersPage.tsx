import './triggers.css'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo } from 'react'
import { sensorTypeList, triggerList, triggerTypeList } from '../../api/triggers.ts'
import { isTriggerSection, paths } from '../../paths.ts'
import { AppLink, useGo } from '../../shell/AppLink.tsx'
import { ListState } from '../../shell/ListState.tsx'
import { useTitle } from '../../shell/use-title.ts'
import { EmptyState, Skeleton } from '../../ui/Feedback.tsx'
import { headedRows } from '../../ui/headed-rows.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { SplitPane } from '../../ui/SplitPane.tsx'
import { groupTypes, type TypeRow } from './trigger-groups.ts'
import { TriggerTabs } from './TriggerTabs.tsx'
import { TriggerTypePanel } from './TriggerTypePanel.tsx'

const route = getRouteApi('/triggers/{-$ref}/{-$section}')

export function TriggersPage() {
  const { ref, section } = route.useParams()
  const { q } = route.useSearch()
  const go = useGo()
  const types = useQuery(triggerTypeList())
  const triggers = useQuery(triggerList()).data
  const sensors = useQuery(sensorTypeList()).data
  const groups = useMemo(
    () => groupTypes(types.data ?? [], [...(triggers?.values() ?? [])], sensors ?? [], q),
    [types.data, triggers, sensors, q],
  )
  useTitle(ref, 'Triggers')
  const found = groups.flatMap(({ rows }) => rows)
  const shownRef = ref ?? found[0]?.type.ref
  const rows = headedRows(found, {
    group: ({ type }) => type.pack,
    title: ({ type }) => type.pack,
    row: (row) => ({
      key: row.type.ref,
      height: 54,
      content: <TypeLink current={row.type.ref === shownRef} row={row} />,
    }),
  })
  const search = (words: string) =>
    go(ref === undefined ? paths.triggers(words) : paths.trigger(ref, 'general', words), 'replace')

  return (
    <SplitPane
      detail={
        shownRef !== undefined ? (
          <TriggerTypePanel
            key={shownRef}
            section={isTriggerSection(section) ? section : 'general'}
            typeRef={shownRef}
          />
        ) : types.isPending ? (
          <div className="detail-body">
            <Skeleton widths={[40, 70, 30, 100]} />
          </div>
        ) : (
          <EmptyState icon="trigger" title="No trigger type chosen">
            Choose one on the left to see what it brings and what listens to it.
          </EmptyState>
        )
      }
      detailLabel="Trigger type"
      list={
        <>
          <TriggerTabs current="types" />
          <header className="pane-head">
            <SearchField label="Filter trigger types" onChange={search} placeholder="Name, webhook, sensor" value={q} />
          </header>
          <ListState query={types} widths={[40, 90, 70, 85, 60]} />
          {types.isSuccess && found.length === 0 && <NoTypes search={q} />}
          {rows.length > 0 && <RowList label="Trigger types" rows={rows} selectedKey={ref} />}
          <footer className="pane-foot">
            <span role="status">
              {found.length} of {types.data?.length ?? 0} trigger types
            </span>
          </footer>
        </>
      }
      listLabel="Triggers"
      open={ref !== undefined}
    />
  )
}

interface TypeLinkProps {
  readonly row: TypeRow
  readonly current: boolean
}

function TypeLink({ row, current }: TypeLinkProps) {
  const { ref, name, description } = row.type
  return (
    <AppLink aria-current={current || undefined} className="rows-link trigger-row" data-row="" to={paths.trigger(ref)}>
      <span className="trigger-name truncate">{name}</span>
      <span className="trigger-side muted">{sideOf(row)}</span>
      <span className="trigger-about truncate">{description || 'No description'}</span>
    </AppLink>
  )
}

function sideOf({ triggers, sensors }: TypeRow): string {
  const off = sensors.length > 0 && sensors.every(({ enabled }) => !enabled)
  if (off) return 'sensor is disabled'
  if (triggers.length > 0) return triggers.length === 1 ? '1 trigger' : `${triggers.length} triggers`
  return sensors.length > 0 ? 'sensor' : ''
}

function NoTypes({ search }: { readonly search: string }) {
  if (search !== '')
    return (
      <EmptyState icon="search" title="No results were found for your current filter.">
        Names, descriptions, webhooks, timers and sensors were looked through. Fewer or shorter words find more.
      </EmptyState>
    )
  return (
    <EmptyState icon="trigger" title="No trigger types are registered">
      They come with packs: each says which event its sensor sees and what the event carries.
    </EmptyState>
  )
}
