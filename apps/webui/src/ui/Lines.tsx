import { useVirtualizer } from '@tanstack/react-virtual'
import { type CSSProperties, type ReactNode, type Ref, type UIEvent, useImperativeHandle, useRef } from 'react'

export interface LinesHandle {
  readonly toEnd: () => void
}

interface LinesProps {
  readonly label: string
  readonly count: number
  readonly line: (index: number) => ReactNode
  readonly wrap: boolean
  /** px; taller content scrolls. `full` fills the container. */
  readonly maxHeight?: number | 'full'
  readonly onScroll?: (atEnd: boolean) => void
  readonly handle?: Ref<LinesHandle>
}

export const LINE_PX = 19
/** px from the end that still count as being there. */
const AT_END_PX = 24

/** Monospace lines of which only the visible ones exist. */
export function Lines({ label, count, line, wrap, maxHeight = 420, onScroll, handle }: LinesProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_PX,
    overscan: 20,
  })
  useImperativeHandle(handle, () => ({
    toEnd: () => {
      if (count > 0) virtual.scrollToIndex(count - 1, { align: 'end' })
    },
  }))
  const scrolled = (event: UIEvent<HTMLDivElement>) => {
    const { scrollHeight, scrollTop, clientHeight } = event.currentTarget
    onScroll?.(scrollHeight - scrollTop - clientHeight < AT_END_PX)
  }
  const style = {
    '--lines-max': maxHeight === 'full' ? 'none' : `${maxHeight}px`,
    '--gutter': `${Math.max(3, String(count).length) * 8 + 32}px`,
    height: maxHeight === 'full' ? '100%' : undefined,
  } as CSSProperties
  return (
    <div
      aria-label={label}
      className="lines"
      data-wrap={wrap}
      onScroll={scrolled}
      ref={scroller}
      role="region"
      style={style}
      tabIndex={0}
    >
      <div className="lines-inner" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => (
          <div
            className="line-slot"
            data-index={item.index}
            key={item.key}
            ref={wrap ? virtual.measureElement : undefined}
            style={{ transform: `translateY(${item.start}px)` }}
          >
            {line(item.index)}
          </div>
        ))}
      </div>
    </div>
  )
}
