import './actions.css'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useDeferredValue, useMemo, useState } from 'react'
import type { Action } from '@st2/model'
import { actionList, runnerTypeList } from '../../api/actions.ts'
import { isActionSection, paths } from '../../paths.ts'
import { AppLink } from '../../shell/AppLink.tsx'
import { ListState } from '../../shell/ListState.tsx'
import { useTitle } from '../../shell/use-title.ts'
import { EmptyState, Skeleton } from '../../ui/Feedback.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { type Row, RowList } from '../../ui/RowList.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { SplitPane } from '../../ui/SplitPane.tsx'
import { ActionPanel } from './ActionPanel.tsx'
import { groupActions } from './action-groups.ts'
import { obstacleOf } from './runnable.ts'

const route = getRouteApi('/actions/{-$ref}/{-$section}')

export function ActionsPage() {
  const { ref, section } = route.useParams()
  const actions = useQuery(actionList())
  const runners = useQuery(runnerTypeList())
  const obstacle = (action: Action) => obstacleOf(action, runners.data?.items)
  const [search, setSearch] = useState('')
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set())
  const wanted = useDeferredValue(search)
  const groups = useMemo(() => groupActions(actions.data?.items ?? [], wanted), [actions.data, wanted])
  useTitle(ref, 'Actions')

  // Without a reference the first action that can be run is shown, and the address stays.
  const firstRef = () => groups.flatMap((group) => group.actions).find((action) => obstacle(action) === null)?.ref
  const shownRef = ref ?? (runners.isPending ? undefined : firstRef())
  const flip = (pack: string) =>
    setClosed((before) => (before.has(pack) ? without(before, pack) : new Set([...before, pack])))
  const rows: Row[] = groups.flatMap(({ pack, actions: members }) => {
    const isOpen = wanted !== '' || !closed.has(pack)
    const head = (
      <button
        aria-expanded={isOpen}
        className="rows-head"
        data-item=""
        data-row=""
        data-toggle=""
        onClick={() => flip(pack)}
        type="button"
      >
        <Icon className="fold" name="chevron" size={12} />
        {pack}
        <span className="muted tabular">{members.length}</span>
      </button>
    )
    const items = members.map((action) => ({
      key: action.ref,
      height: 52,
      content: (
        <AppLink
          aria-current={action.ref === shownRef || undefined}
          className="rows-link action-row"
          data-blocked={obstacle(action) === null ? undefined : ''}
          data-row=""
          to={paths.action(action.ref)}
        >
          <span className="action-name truncate">{action.name}</span>
          <span className="action-runner muted">{obstacle(action)?.short ?? action.runner_type}</span>
          <span className="action-about truncate">{action.description || 'No description'}</span>
        </AppLink>
      ),
    }))
    return [{ key: `pack ${pack}`, height: 36, content: head }, ...(isOpen ? items : [])]
  })

  return (
    <SplitPane
      detail={
        shownRef !== undefined ? (
          <ActionPanel actionRef={shownRef} key={shownRef} section={isActionSection(section) ? section : 'general'} />
        ) : actions.isPending || runners.isPending ? (
          <div className="detail-body">
            <Skeleton widths={[40, 70, 30, 100, 24, 100]} />
          </div>
        ) : (
          <EmptyState icon="bolt" title="No action chosen">
            Choose an action on the left to see what it takes and to run it.
          </EmptyState>
        )
      }
      detailLabel="Action"
      list={
        <>
          <header className="pane-head">
            <SearchField
              label="Filter actions"
              onChange={setSearch}
              placeholder="Filter by name or description"
              value={search}
            />
            <AppLink
              aria-label="New workflow"
              className="btn"
              data-test="new_workflow"
              title="Design a new workflow"
              to={paths.designer()}
            >
              <Icon name="plus" />
              Workflow
            </AppLink>
          </header>
          <ListState query={actions} widths={[40, 90, 70, 85, 60, 92, 75]} />
          {actions.isSuccess && rows.length === 0 && <NoActions search={wanted} />}
          {rows.length > 0 && <RowList label="Actions" rows={rows} selectedKey={ref} />}
          <footer className="pane-foot">
            <span role="status">
              {groups.reduce((sum, group) => sum + group.actions.length, 0)} of {actions.data?.items.length ?? 0}{' '}
              actions
            </span>
          </footer>
        </>
      }
      listLabel="Actions"
      open={ref !== undefined}
    />
  )
}

function NoActions({ search }: { readonly search: string }) {
  if (search !== '')
    return (
      <EmptyState icon="search" title="No results were found for your current filter.">
        Names, descriptions and runners were looked through. Fewer or shorter words find more.
      </EmptyState>
    )
  return (
    <EmptyState icon="bolt" title="No actions are registered">
      Actions come with packs. Put a pack below the packs folder and run <code>st2-register-content</code>, or install
      one from the exchange.
    </EmptyState>
  )
}

function without(names: ReadonlySet<string>, name: string): ReadonlySet<string> {
  return new Set([...names].filter((other) => other !== name))
}
