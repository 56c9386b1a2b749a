import './value-view.css'
import { type ReactNode, Suspense, useEffect, useMemo, useState } from 'react'
import { createPortal } from 'react-dom'
import { Button } from '../Button.tsx'
import { CopyButton } from '../CopyButton.tsx'
import { Notice, Spinner } from '../Feedback.tsx'
import { useChanging } from '../lazy-list.ts'
import { usePreferences } from '../preferences.ts'
import { Segmented } from '../Segmented.tsx'
import { WrapButton } from '../WrapButton.tsx'
import { JsonTree } from './JsonTree.tsx'
import { pathSteps, pathText, ROOT_PATH, stepText } from './json-path.ts'
import { TextView } from './TextView.tsx'
import type { Described, Match, ValueStore } from './value-store.ts'
import { lazyPart } from '../lazy-part.ts'

/** Loaded when somebody asks for them: every screen shows values. */
const TableView = lazyPart(() => import('./TableView.tsx'), 'TableView')
const ValueSearch = lazyPart(() => import('./ValueSearch.tsx'), 'ValueSearch')

interface ValueViewProps {
  readonly title: ReactNode
  readonly label: string
  readonly store: ValueStore
  /** Where what is shown stands in the stored value. */
  readonly base?: string
  readonly actions?: ReactNode
  readonly maxHeight?: number | 'full'
}

type View = 'tree' | 'table' | 'text' | 'raw'

const VIEW_NAMES: Readonly<Record<View, string>> = { tree: 'Tree', table: 'Table', text: 'Text', raw: 'Raw' }

interface Place {
  readonly path: string
  /** A row of a tree, or a line of a text. */
  readonly mark?: string
  readonly line?: number
}

/** A JSON value of any size as a tree, a table, a text or as it is; searched, and entered place by place. */
export function ValueView({ title, label, store, base = ROOT_PATH, actions, maxHeight = 420 }: ValueViewProps) {
  const [place, setPlace] = useState<Place>({ path: base })
  const [chosen, setChosen] = useState<View | null>(null)
  const [isSearched, setSearched] = useState(false)
  const [toolbar, setToolbar] = useState<HTMLElement | null>(null)
  const { described, failure } = useDescribed(store, place.path)
  const views = described === undefined ? [] : viewsOf(described, place.path)
  const view = views.find((name) => name === chosen) ?? views[0]
  const enter = (path: string) => setPlace({ path })
  // What cannot be told of the place is told where it is shown.
  const goTo = async (match: Match) => setPlace(await placeOf(store, match, base).catch(() => ({ path: match.path })))

  return (
    <div className="card value-view">
      <div className="card-head wrap">
        <div className="grow row">{title}</div>
        {views.length > 1 && (
          <Segmented
            choices={views.map((name) => ({ value: name, label: VIEW_NAMES[name] }))}
            label={`${label} as`}
            onChange={setChosen}
            value={view ?? 'tree'}
          />
        )}
        <Button
          aria-label={`Search in ${label}`}
          aria-pressed={isSearched}
          icon="search"
          look="plain"
          onClick={() => setSearched(!isSearched)}
          size="s"
        />
        <div className="toolbar" ref={setToolbar} />
        {actions}
      </div>
      {isSearched && (
        <Suspense fallback={null}>
          <ValueSearch onChoose={(match) => void goTo(match)} store={store} />
        </Suspense>
      )}
      {place.path !== base && <Breadcrumb base={base} label={label} onEnter={enter} path={place.path} />}
      {failure !== undefined && <Notice tone="bad">It could not be loaded: {failure}</Notice>}
      {failure === undefined && (described === undefined || view === undefined) && (
        <div className="lines-note">
          <Spinner label={`Loading ${label}`} />
        </div>
      )}
      {described !== undefined && view !== undefined && (
        <Shown
          described={described}
          key={`${place.path} ${view}`}
          label={label}
          maxHeight={maxHeight}
          onEnter={enter}
          place={place}
          store={store}
          toolbar={toolbar}
          view={view}
        />
      )}
    </div>
  )
}

interface ShownProps {
  readonly view: View
  readonly place: Place
  readonly described: Described
  readonly store: ValueStore
  readonly label: string
  readonly toolbar: HTMLElement | null
  readonly onEnter: (path: string) => void
  readonly maxHeight: number | 'full'
}

function Shown(props: ShownProps) {
  if (props.view === 'tree') return <ShownTree {...props} />
  return props.view === 'table' ? <ShownTable {...props} /> : <ShownLines {...props} />
}

function ShownTree({ place, store, label, toolbar, onEnter, maxHeight }: ShownProps) {
  const source = useMemo(() => store.tree(place.path), [store, place.path])
  return (
    <JsonTree
      label={label}
      mark={place.mark}
      maxHeight={maxHeight}
      onEnter={onEnter}
      source={source}
      toolbar={toolbar}
    />
  )
}

function ShownTable({ place, described, store, label, onEnter, maxHeight }: ShownProps) {
  const rows = useMemo(() => store.table(place.path, described.count), [store, place.path, described.count])
  useChanging(rows)
  return (
    <>
      {rows.failure !== null && <Notice tone="warn">{rows.failure}</Notice>}
      <Suspense fallback={<Spinner label="Loading" />}>
        <TableView label={label} maxHeight={maxHeight} onEnter={onEnter} path={place.path} rows={rows} />
      </Suspense>
    </>
  )
}

function ShownLines({ view, place, store, label, toolbar, maxHeight }: ShownProps) {
  const wrap = usePreferences((state) => state.wrap)
  const lines = useMemo(
    () => (view === 'raw' ? store.raw() : store.text(place.path, (place.line ?? 0) + 1)),
    [store, view, place],
  )
  useChanging(lines)
  return (
    <>
      {toolbar &&
        createPortal(
          <>
            <WrapButton />
            <CopyButton label={label} text={() => store.copy(place.path)} what="Value" />
          </>,
          toolbar,
        )}
      {lines.failure !== null && <Notice tone="bad">It could not be loaded: {lines.failure}</Notice>}
      <TextView label={label} lines={lines} maxHeight={maxHeight} target={place.line} wrap={wrap} />
    </>
  )
}

interface BreadcrumbProps {
  readonly label: string
  readonly base: string
  readonly path: string
  readonly onEnter: (path: string) => void
}

/** The way down to what is shown by itself. */
function Breadcrumb({ label, base, path, onEnter }: BreadcrumbProps) {
  const steps = pathSteps(path)
  // What was found may stand beside the base.
  const from = path.startsWith(base) ? pathSteps(base).length : 0
  return (
    <nav aria-label={`Place in ${label}`} className="value-way mono">
      <button className="value-step" onClick={() => onEnter(base)} type="button">
        {label}
      </button>
      {steps.slice(from).map((step, index) => {
        const upTo = pathText(steps.slice(0, from + index + 1))
        return (
          <button
            aria-current={upTo === path ? 'location' : undefined}
            className="value-step"
            key={upTo}
            onClick={() => onEnter(upTo)}
            type="button"
          >
            {stepText(step)}
          </button>
        )
      })}
    </nav>
  )
}

function viewsOf({ type, isTable }: Described, path: string): readonly View[] {
  const raw: readonly View[] = path === ROOT_PATH ? ['raw'] : []
  if (type === 'string') return ['text', ...raw]
  return isTable ? ['tree', 'table', ...raw] : ['tree', ...raw]
}

/** A line of a long text is shown in it; anything else among what is beside it. */
async function placeOf(store: ValueStore, match: Match, base: string): Promise<Place> {
  const steps = pathSteps(match.path)
  const { isText } = await store.describe(match.path)
  if (isText && !match.isKey) return { path: match.path, line: match.line }
  const above = pathText(steps.slice(0, -1))
  const isBelow = steps.length > pathSteps(base).length
  return typeof steps.at(-1) === 'string' && isBelow ? { path: above, mark: match.path } : { path: match.path }
}

interface Asked {
  readonly described: Described | undefined
  readonly failure: string | undefined
}

function useDescribed(store: ValueStore, path: string): Asked {
  const asked = useMemo(() => store.describe(path), [store, path])
  const [answer, setAnswer] = useState<Asked & { readonly to: unknown }>()
  useEffect(() => {
    if (!(asked instanceof Promise)) return
    asked.then(
      (described) => setAnswer({ to: asked, described, failure: undefined }),
      (error: unknown) =>
        setAnswer({
          to: asked,
          described: undefined,
          failure: error instanceof Error ? error.message : String(error),
        }),
    )
  }, [asked])
  if (!(asked instanceof Promise)) return { described: asked, failure: undefined }
  return answer?.to === asked ? answer : { described: undefined, failure: undefined }
}
