import './value-view.css'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type CSSProperties, useRef } from 'react'
import type { LazyList } from '../lazy-list.ts'
import { stepText } from './json-path.ts'
import { cellText, columnsOf } from './table-columns.ts'

interface TableViewProps {
  readonly label: string
  /** Where the list stands. */
  readonly path: string
  readonly rows: LazyList<unknown>
  /** Shows a row by itself. */
  readonly onEnter: (path: string) => void
  readonly maxHeight: number | 'full'
}

const ROW_PX = 28
/** Rows that tell which columns there are. */
const SAMPLE = 50

/** A list of objects as a table of which only the visible rows exist. */
export function TableView({ label, path, rows, onEnter, maxHeight }: TableViewProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: rows.count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 10,
  })
  const columns = columnsOf(Array.from({ length: Math.min(SAMPLE, rows.count) }, (_, index) => rows.at(index)))
  const style = {
    '--columns': `52px ${columns.map(({ width }) => `${width}ch`).join(' ')}`,
    '--lines-max': maxHeight === 'full' ? 'none' : `${maxHeight}px`,
  } as CSSProperties
  return (
    <div
      aria-colcount={columns.length + 1}
      aria-label={label}
      aria-rowcount={rows.count + 1}
      className="value-table"
      ref={scroller}
      role="table"
      style={style}
      tabIndex={0}
    >
      <div className="value-row value-head" role="row">
        <span className="value-cell" role="columnheader">
          #
        </span>
        {columns.map(({ name }) => (
          <span className="value-cell truncate" key={name} role="columnheader" title={name}>
            {name}
          </span>
        ))}
      </div>
      <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows.at(item.index)
          return (
            <div
              aria-rowindex={item.index + 2}
              className="value-row"
              key={item.key}
              role="row"
              style={{ position: 'absolute', top: 0, transform: `translateY(${item.start}px)` }}
            >
              <span className="value-cell" role="cell">
                <button
                  aria-label={`Show row ${item.index} by itself`}
                  className="value-index"
                  onClick={() => onEnter(path + stepText(item.index))}
                  type="button"
                >
                  {item.index}
                </button>
              </span>
              {columns.map(({ name }) => {
                const { text, kind } = cellText(row, name)
                return (
                  <span className={`value-cell truncate json-${kind}`} key={name} role="cell" title={text}>
                    {row === undefined ? '…' : text}
                  </span>
                )
              })}
            </div>
          )
        })}
      </div>
    </div>
  )
}
