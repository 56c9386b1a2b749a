import './triggers.css'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useEffect, useMemo, useState } from 'react'
import { sensorTypeList, triggerList, triggerTypeList } from '../../api/triggers.ts'
import { isTriggerSection, paths } from '../../paths.ts'
import { AppLink, useGo } from '../../shell/AppLink.tsx'
import { ProblemNotice } from '../../shell/ErrorPages.tsx'
import { useTitle } from '../../shell/use-title.ts'
import { EmptyState, Skeleton } from '../../ui/Feedback.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { type Row, RowList } from '../../ui/RowList.tsx'
import { SplitPane } from '../../ui/SplitPane.tsx'
import { groupTypes, type TypeGroup, type TypeRow } from './trigger-groups.ts'
import { TriggerTabs } from './TriggerTabs.tsx'
import { TriggerTypePanel } from './TriggerTypePanel.tsx'

const route = getRouteApi('/triggers/{-$ref}/{-$section}')

export function TriggersPage() {
  const { ref, section } = route.useParams()
  const { q } = route.useSearch()
  const types = useQuery(triggerTypeList())
  const triggers = useQuery(triggerList()).data
  const sensors = useQuery(sensorTypeList()).data
  const groups = useMemo(
    () => groupTypes(types.data ?? [], [...(triggers?.values() ?? [])], sensors ?? [], q),
    [types.data, triggers, sensors, q],
  )
  useTitle(ref, 'Triggers')
  const rows = groups.flatMap(({ rows: members }) => members)
  const shownRef = ref ?? rows[0]?.type.ref
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
            <TextFilter typeRef={ref} value={q} />
          </header>
          {types.isPending && (
            <div className="card-body">
              <Skeleton widths={[40, 90, 70, 85, 60]} />
            </div>
          )}
          {types.isError && (
            <div className="card-body">
              <ProblemNotice error={types.error} retry={() => void types.refetch()} />
            </div>
          )}
          {types.isSuccess && rows.length === 0 && <NoTypes search={q} />}
          {rows.length > 0 && <RowList label="Trigger types" rows={rowsOf(groups, shownRef)} selectedKey={ref} />}
          <footer className="pane-foot">
            <span role="status">
              {rows.length} of {types.data?.length ?? 0} trigger types
            </span>
          </footer>
        </>
      }
      listLabel="Triggers"
      open={ref !== undefined}
    />
  )
}

interface TextFilterProps {
  readonly value: string
  readonly typeRef: string | undefined
}

/** Written to the address as it is typed: the list is here already. */
function TextFilter({ value, typeRef }: TextFilterProps) {
  const go = useGo()
  const [text, setText] = useState(value)
  useEffect(() => setText(value), [value])
  const search = (words: string) => {
    setText(words)
    const path = typeRef === undefined ? paths.triggers() : paths.trigger(typeRef)
    go(words === '' ? path : `${path}?q=${encodeURIComponent(words)}`, 'replace')
  }
  return (
    <div className="search">
      <Icon name="search" size={14} />
      <input
        aria-label="Filter trigger types"
        className="input"
        data-test="filter"
        onChange={(event) => search(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return
          event.preventDefault()
          event.currentTarget.closest('section')?.querySelector<HTMLElement>('a[data-row]')?.focus()
        }}
        placeholder="Name, webhook, sensor"
        type="search"
        value={text}
      />
    </div>
  )
}

function rowsOf(groups: readonly TypeGroup[], shownRef: string | undefined): Row[] {
  return groups.flatMap(({ pack, rows }) => [
    { key: `pack ${pack}`, height: 34, content: <h2 className="rows-head">{pack}</h2> },
    ...rows.map((row) => ({
      key: row.type.ref,
      height: 54,
      content: (
        <AppLink
          aria-current={row.type.ref === shownRef || undefined}
          className="rows-link trigger-row"
          data-row=""
          to={paths.trigger(row.type.ref)}
        >
          <span className="trigger-name truncate">{row.type.name}</span>
          <span className="trigger-side muted">{sideOf(row)}</span>
          <span className="trigger-about truncate">{row.type.description || 'No description'}</span>
        </AppLink>
      ),
    })),
  ])
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
