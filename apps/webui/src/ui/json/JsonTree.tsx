import { useVirtualizer } from '@tanstack/react-virtual'
import {
  type CSSProperties,
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react'
import { createPortal } from 'react-dom'
import { Button } from '../Button.tsx'
import { copyText } from '../copy.ts'
import { CopyButton } from '../CopyButton.tsx'
import { Icon } from '../Icon.tsx'
import { useChanging } from '../lazy-list.ts'
import { LINE_PX } from '../Lines.tsx'
import type { JsonRow } from './json-rows.ts'
import { type JsonSource, LocalTree } from './json-source.ts'

interface JsonValueProps {
  readonly title: ReactNode
  readonly label: string
  readonly value: unknown
  readonly actions?: ReactNode
  readonly maxHeight?: number | 'full'
}

/** A value that is on the page already. */
export function JsonValue({ title, label, value, actions, maxHeight }: JsonValueProps) {
  const source = useMemo(() => new LocalTree(value), [value])
  const [toolbar, setToolbar] = useState<HTMLElement | null>(null)
  return (
    <div className="card">
      <div className="card-head wrap">
        <div className="grow row">{title}</div>
        <div className="toolbar" ref={setToolbar} />
        {actions}
      </div>
      <JsonTree label={label} maxHeight={maxHeight} source={source} toolbar={toolbar} />
    </div>
  )
}

interface JsonTreeProps {
  readonly label: string
  readonly source: JsonSource
  /** Where its buttons stand. */
  readonly toolbar: HTMLElement | null
  /** Shows a place by itself. */
  readonly onEnter?: ((path: string) => void) | undefined
  /** Path of a row that is marked once it is there. */
  readonly mark?: string | undefined
  readonly maxHeight?: number | 'full' | undefined
}

/** A JSON value as a tree: arrow keys walk, open and close; only visible rows exist. */
export function JsonTree({ label, source, toolbar, onEnter, mark, maxHeight = 420 }: JsonTreeProps) {
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState(0)
  useChanging(source)
  const virtual = useVirtualizer({
    count: source.count,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_PX,
    overscan: 20,
  })
  const current = source.row(Math.min(active, source.count - 1))

  const markedRow = mark === undefined ? -1 : rowAt(source, mark)
  useEffect(() => {
    if (markedRow < 0) return
    setActive(markedRow)
    virtual.scrollToIndex(markedRow, { align: 'center' })
    scroller.current?.scrollIntoView({ block: 'nearest' })
  }, [mark, markedRow])

  const walk = (event: KeyboardEvent) => {
    const moved = MOVES[event.key]?.(active, source.count)
    if (moved !== undefined) {
      const next = Math.min(source.count - 1, Math.max(0, moved))
      setActive(next)
      virtual.scrollToIndex(next, { align: 'auto' })
    } else if (current?.open != null && opens(event.key, current.open)) source.toggle(current.id)
    else return
    event.preventDefault()
  }

  return (
    <>
      {toolbar && createPortal(<RowButtons current={current} onEnter={onEnter} source={source} />, toolbar)}
      <div
        aria-activedescendant={current ? `${id}-${current.id}` : undefined}
        aria-label={label}
        className="lines json"
        onKeyDown={walk}
        ref={scroller}
        role="tree"
        style={
          {
            '--lines-max': maxHeight === 'full' ? 'none' : `${maxHeight}px`,
            height: maxHeight === 'full' ? '100%' : undefined,
          } as CSSProperties
        }
        tabIndex={0}
      >
        <div className="lines-inner" role="presentation" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const row = source.row(item.index)
            return (
              <div
                className="line-slot"
                key={item.key}
                role="presentation"
                style={{ transform: `translateY(${item.start}px)` }}
              >
                {row && (
                  <TreeRow
                    active={item.index === active}
                    domId={`${id}-${row.id}`}
                    onActivate={() => setActive(item.index)}
                    onToggle={() => source.toggle(row.id)}
                    row={row}
                  />
                )}
              </div>
            )
          })}
        </div>
      </div>
    </>
  )
}

/** Rows that are looked through for one that is to be marked. */
const MAX_LOOKED = 1000

function rowAt(source: JsonSource, path: string): number {
  for (let index = 0; index < Math.min(source.count, MAX_LOOKED); index++) {
    const row = source.row(index)
    if (row !== undefined && row.kind !== 'range' && source.path(row.id) === path) return index
  }
  return -1
}

interface RowButtonsProps extends Pick<JsonTreeProps, 'source' | 'onEnter'> {
  readonly current: JsonRow | undefined
}

/** What can be done with the marked row. */
function RowButtons({ current, source, onEnter }: RowButtonsProps) {
  if (current === undefined) return null
  const canEnter = onEnter !== undefined && current.depth > 0 && (current.open !== null || current.kind === 'string')
  return (
    <>
      {canEnter && (
        <Button
          aria-label="Show the marked row by itself"
          icon="expand"
          look="plain"
          onClick={() => onEnter(source.path(current.id))}
          size="s"
        />
      )}
      <Button
        aria-label="Copy the path of the marked row"
        icon="link"
        look="plain"
        onClick={() => void copyText(source.expression(current.id), 'Path')}
        size="s"
      />
      <CopyButton label="the value of the marked row" text={() => source.text(current.id)} what="Value" />
    </>
  )
}

const MOVES: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowDown: (at) => at + 1,
  ArrowUp: (at) => at - 1,
  PageDown: (at) => at + 20,
  PageUp: (at) => at - 20,
  Home: () => 0,
  End: (_at, count) => count - 1,
}

function opens(key: string, open: boolean): boolean {
  return key === 'Enter' || key === ' ' || key === (open ? 'ArrowLeft' : 'ArrowRight')
}

interface TreeRowProps {
  readonly row: JsonRow
  readonly domId: string
  readonly active: boolean
  readonly onActivate: () => void
  readonly onToggle: () => void
}

function TreeRow({ row, domId, active, onActivate, onToggle }: TreeRowProps) {
  const isContainer = row.kind === 'object' || row.kind === 'array' || row.kind === 'range'
  return (
    // Keys are handled by the tree, which holds the focus.
    <div
      aria-expanded={row.open ?? undefined}
      aria-level={row.depth + 1}
      aria-selected={active}
      className="line json-row"
      data-active={active || undefined}
      id={domId}
      onClick={() => {
        onActivate()
        if (row.open !== null) onToggle()
      }}
      role="treeitem"
      tabIndex={-1}
    >
      <span className="json-indent" style={{ '--depth': row.depth } as CSSProperties} />
      <span aria-hidden="true" className="json-toggle" data-open={row.open ?? undefined}>
        {row.open !== null && <Icon name="chevron" size={11} />}
      </span>
      <span className="line-text">
        {row.label !== null && (
          <>
            <span className={row.kind === 'range' ? 'json-mark' : 'json-key'}>{row.label}</span>
            {row.kind !== 'range' && <span className="json-mark">: </span>}
          </>
        )}
        <span className={isContainer ? 'json-mark' : `json-${row.kind}`}>{row.text}</span>
        {row.hidden > 0 && <span className="line-cut"> … {row.hidden.toLocaleString('en')} more characters</span>}
      </span>
    </div>
  )
}
