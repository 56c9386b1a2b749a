import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useMemo, useState } from 'react'
import { actionList } from '../../../api/actions.ts'
import { ListState } from '../../../shell/ListState.tsx'
import { Button } from '../../../ui/Button.tsx'
import { EmptyState } from '../../../ui/Feedback.tsx'
import { headedRows } from '../../../ui/headed-rows.tsx'
import { type Row, RowList } from '../../../ui/RowList.tsx'
import { SearchField } from '../../../ui/SearchField.tsx'
import { namesIn } from '../state/chosen.ts'
import { useDesigner, useExecute } from '../state/designer-context.ts'
import { addTask } from '../state/task-operations.ts'
import { ACTION_TYPE } from './drag-type.ts'
import { findActions, type FoundAction } from './find-actions.ts'
import { rememberAction, useRecentActions } from './recent-actions.ts'

/** Every action there is: to be dragged onto the canvas, or put below the chosen task by a click. */
export function Palette() {
  const designer = useDesigner()
  const execute = useExecute()
  const actions = useQuery(actionList())
  const recent = useRecentActions((state) => state.refs)
  const [search, setSearch] = useState('')
  const wanted = useDeferredValue(search)
  const found = useMemo(
    () => groupedActions(findActions(actions.data?.items ?? [], wanted, recent), wanted, recent),
    [actions.data, wanted, recent],
  )
  const add = (ref: string) => {
    const { editor, view } = designer
    const task = namesIn(editor.state.workflow.model, view.getState()).at(-1) ?? null
    if (addTask(designer, execute, ref, { task }) !== null) rememberAction(ref)
  }
  const rows = useMemo(
    () =>
      headedRows(found, {
        group: ({ group }) => group,
        title: ({ group }) => group,
        row: ({ group, action }) => actionRow(`${group} ${action.ref}`, action, add),
      }),
    [found, designer, execute],
  )
  return (
    <section aria-label="Library" className="designer-palette" data-pane="palette">
      <header className="designer-pane-head">
        <SearchField label="Search actions" onChange={setSearch} placeholder="Search actions" value={search} />
        <Button
          aria-label="Hide the library"
          icon="back"
          look="plain"
          onClick={() => designer.view.setState({ isPaletteOpen: false })}
          size="s"
        />
      </header>
      <ListState query={actions} widths={[60, 80, 70, 90, 64]} />
      {actions.isSuccess && rows.length === 0 && (
        <EmptyState icon="search" title="No action has these words">
          References, packs and descriptions were looked through.
        </EmptyState>
      )}
      {rows.length > 0 && <RowList label="Library of actions" rows={rows} />}
      <footer className="pane-foot">
        <span role="status">
          {found.filter(({ group }) => group !== RECENT).length} of {actions.data?.items.length ?? 0} actions
        </span>
      </footer>
    </section>
  )
}

const RECENT = 'Recent'

interface Grouped {
  readonly group: string
  readonly action: FoundAction
}

/** Without words: what was used lately, then pack by pack. With words: the best first. */
function groupedActions(found: readonly FoundAction[], wanted: string, recent: readonly string[]): Grouped[] {
  if (wanted.trim() !== '') return found.map((action) => ({ group: 'Found', action }))
  const byRef = new Map(found.map((action) => [action.ref, action]))
  const lately = recent.flatMap((ref) => byRef.get(ref) ?? [])
  const packs = found.toSorted((a, b) => (a.pack === b.pack ? order(a.name, b.name) : order(a.pack, b.pack)))
  return [
    ...lately.map((action) => ({ group: RECENT, action })),
    ...packs.map((action) => ({ group: action.pack, action })),
  ]
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function actionRow(key: string, { ref, pack, name, description }: FoundAction, add: (ref: string) => void): Row {
  return {
    key,
    height: 50,
    content: (
      <button
        className="rows-link palette-row"
        data-action={ref}
        data-row=""
        draggable
        onClick={() => add(ref)}
        onDragStart={(event) => {
          event.dataTransfer.setData(ACTION_TYPE, ref)
          event.dataTransfer.effectAllowed = 'copy'
        }}
        title={`${ref}\n${description ?? ''}\nDrag it onto the canvas, or click to add it`}
        type="button"
      >
        <span className="palette-name truncate">
          <span className="muted">{pack}.</span>
          {name}
        </span>
        <span className="palette-about truncate muted">{description || 'No description'}</span>
      </button>
    ),
  }
}
