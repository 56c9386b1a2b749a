import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual'
import {
  type FocusEvent,
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  useEffect,
  useImperativeHandle,
  useRef,
} from 'react'
import { keepOneStop } from './one-stop.ts'

export interface Row {
  readonly key: string
  /** px, an estimate; rows are measured when shown. */
  readonly height: number
  readonly content: ReactNode
}

export interface RowListHandle {
  readonly toStart: () => void
}

/** px from the start that still count as being there. */
const AT_START_PX = 8
const ROW = '[data-row]'
const BOX = '[data-row-box]'

interface RowListProps {
  readonly label: string
  readonly rows: readonly Row[]
  /** Key of the row to bring into view when it changes: into the middle, unless a part of it is seen already. */
  readonly selectedKey?: string | undefined
  readonly onScroll?: (isAtStart: boolean) => void
  readonly handle?: Ref<RowListHandle>
  /** Told of `x` on a row; with Shift it means all from the one chosen last. */
  readonly onChoose?: (key: string, kind: 'one' | 'range') => void
}

/**
 * A long list of which only the visible rows exist. Controls marked `data-row` (links, headings that fold) are walked
 * by arrow keys, Home and End, and Tab comes to one of them; ArrowRight and ArrowLeft press a `data-toggle` in the nearest `data-item`.
 * A box that chooses a row (`data-row-box`) is walked among boxes.
 */
export function RowList({ label, rows, selectedKey, onScroll, handle, onChoose }: RowListProps) {
  const scroller = useRef<HTMLDivElement>(null)
  useImperativeHandle(handle, () => ({ toStart: () => scroller.current?.scrollTo({ top: 0 }) }))
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => rows[index]?.height ?? 48,
    getItemKey: (index) => rows[index]?.key ?? index,
    // Enough rows beyond the edges for the next one to exist when the focus walks there.
    overscan: 12,
  })

  const isSelectedHere = selectedKey !== undefined && rows.some((row) => row.key === selectedKey)
  useEffect(() => {
    const index = rows.findIndex((row) => row.key === selectedKey)
    if (index < 0) return
    // Whoever comes by a link sees what is around it; whoever walks the list keeps their place.
    virtual.scrollToIndex(index, { align: isInView(virtual, index) ? 'auto' : 'center' })
    // Only a new selection scrolls: rows that arrive above must not move the page under the reader.
  }, [selectedKey, isSelectedHere])

  /** Key of the row that had the focus last. */
  const visited = useRef<string | undefined>(undefined)
  const keepStop = () => {
    const isAt = (key: string | undefined) => (index: number) => rows[index]?.key === key
    const isSeen = (index: number) => index >= (virtual.range?.startIndex ?? 0)
    if (scroller.current !== null) keepOneStop(scroller.current, [isAt(visited.current), isAt(selectedKey), isSeen])
  }
  // Rows come and go with every drawing.
  useEffect(keepStop)
  const visit = (event: FocusEvent<HTMLDivElement>) => {
    const index = event.target.closest<HTMLElement>('[data-index]')?.dataset['index']
    if (index === undefined) return
    visited.current = rows[Number(index)]?.key
    keepStop()
  }

  const walk = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.altKey || event.ctrlKey || event.metaKey || !(event.target instanceof HTMLElement)) return
    const here = event.target.closest<HTMLElement>(`${ROW}, ${BOX}`)
    if (here === null) return
    if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') fold(here, event.key === 'ArrowRight')
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp')
      step(scroller.current, here, event.key === 'ArrowDown' ? 1 : -1)
    else if (event.key.toLowerCase() === 'x' && onChoose) chooseAt(here, event.shiftKey ? 'range' : 'one')
    else if (event.key === 'Home' || event.key === 'End') jump(event.key === 'Home' ? 0 : rows.length - 1)
    else return
    event.preventDefault()
  }

  const chooseAt = (here: HTMLElement, kind: 'one' | 'range') => {
    const row = rows[Number(here.closest<HTMLElement>('[data-index]')?.dataset['index'])]
    if (row !== undefined) onChoose?.(row.key, kind)
  }

  const jump = (index: number) => {
    virtual.scrollToIndex(index)
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"] [data-row]`)?.focus(),
    )
  }

  return (
    <div
      className="pane-body"
      onFocus={visit}
      onKeyDown={walk}
      onScroll={onScroll && ((event) => onScroll(event.currentTarget.scrollTop <= AT_START_PX))}
      ref={scroller}
    >
      <div aria-label={label} className="rows" role="list" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => (
          <div
            aria-posinset={item.index + 1}
            aria-setsize={rows.length}
            className="rows-item"
            data-index={item.index}
            key={item.key}
            ref={virtual.measureElement}
            role="listitem"
            style={{ transform: `translateY(${item.start}px)` }}
          >
            {rows[item.index]?.content}
          </div>
        ))}
      </div>
    </div>
  )
}

function isInView(virtual: Virtualizer<HTMLDivElement, Element>, index: number): boolean {
  const row = virtual.measurementsCache[index]
  const top = virtual.scrollOffset ?? 0
  return row !== undefined && row.end > top && row.start < top + (virtual.scrollRect?.height ?? 0)
}

function step(scroller: HTMLElement | null, here: HTMLElement, by: number): void {
  const alike = here.matches(BOX) ? BOX : ROW
  const controls = [...(scroller?.querySelectorAll<HTMLElement>(alike) ?? [])]
  const next = controls[controls.indexOf(here) + by]
  next?.focus({ preventScroll: true })
  next?.scrollIntoView({ block: 'nearest' })
}

function fold(here: HTMLElement, open: boolean): void {
  const toggle = here.closest('[data-item]')?.querySelector<HTMLElement>('[data-toggle]')
  if (toggle != null && (toggle.getAttribute('aria-expanded') === 'true') !== open) toggle.click()
}
