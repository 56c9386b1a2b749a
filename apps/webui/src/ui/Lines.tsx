import { useVirtualizer } from '@tanstack/react-virtual'
import {
  type CSSProperties,
  type ReactNode,
  type Ref,
  type RefObject,
  type UIEvent,
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
} from 'react'

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
  /** A line to bring into the middle, when it becomes another one. */
  readonly target?: number | undefined
  readonly handle?: Ref<LinesHandle>
}

export const LINE_PX = 19
/** Lines beyond each edge that exist already. */
const OVERSCAN = 20
/** px from the end that still count as being there. */
const AT_END_PX = 24

/** Monospace lines of which only the visible ones exist. */
export function Lines({ label, count, line, wrap, maxHeight = 420, onScroll, handle, target }: LinesProps) {
  const scroller = useRef<HTMLDivElement>(null)
  useImperativeHandle(handle, () => ({
    toEnd: () => scroller.current?.scrollTo({ top: scroller.current.scrollHeight }),
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
  const Body = wrap ? WrappedLines : FixedLines
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
      <Body count={count} line={line} scroller={scroller} target={target} />
    </div>
  )
}

interface BodyProps {
  readonly count: number
  readonly line: (index: number) => ReactNode
  readonly scroller: RefObject<HTMLDivElement | null>
  readonly target: number | undefined
}

/** All lines have one height, so that a growing count costs nothing. */
function FixedLines({ count, line, scroller, target }: BodyProps) {
  const [view, setView] = useState({ top: (target ?? 0) * LINE_PX, height: 0 })
  // Not a layout effect: the scroller is an ancestor, whose element is known only after those of its children ran.
  useEffect(() => {
    const element = scroller.current
    if (element === null) return
    const look = () => setView({ top: element.scrollTop, height: element.clientHeight })
    const observer = new ResizeObserver(look)
    observer.observe(element)
    element.addEventListener('scroll', look, { passive: true })
    look()
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', look)
    }
  }, [scroller])
  const isThere = target !== undefined && target < count
  useEffect(() => {
    const element = scroller.current
    if (element === null || !isThere) return
    element.scrollTo({ top: target * LINE_PX - element.clientHeight / 2 })
    element.scrollIntoView({ block: 'nearest' })
  }, [scroller, target, isThere])
  const from = Math.max(0, Math.min(count - 1, Math.floor(view.top / LINE_PX) - OVERSCAN))
  const to = Math.min(count, Math.ceil((view.top + view.height) / LINE_PX) + OVERSCAN)
  return (
    <div className="lines-inner" style={{ height: count * LINE_PX }}>
      {Array.from({ length: Math.max(0, to - from) }, (_, offset) => from + offset).map((index) => (
        <div className="line-slot" key={index} style={{ transform: `translateY(${index * LINE_PX}px)` }}>
          {line(index)}
        </div>
      ))}
    </div>
  )
}

/** Wrapped lines are as high as they turn out to be. */
function WrappedLines({ count, line, scroller, target }: BodyProps) {
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_PX,
    overscan: OVERSCAN,
  })
  const isThere = target !== undefined && target < count
  useEffect(() => {
    if (isThere) virtual.scrollToIndex(target, { align: 'center' })
  }, [target, isThere])
  return (
    <div className="lines-inner" style={{ height: virtual.getTotalSize() }}>
      {virtual.getVirtualItems().map((item) => (
        <div
          className="line-slot"
          data-index={item.index}
          key={item.key}
          ref={virtual.measureElement}
          style={{ transform: `translateY(${item.start}px)` }}
        >
          {line(item.index)}
        </div>
      ))}
    </div>
  )
}
