import type { CDPSession, Page } from 'playwright-core'

/** What the main thread of a page did, as the browser itself records it. Times are ms. */
export interface Trace {
  readonly tasks: readonly Span[]
  /** Of code of the page, the outermost: what it makes the browser do at once is a part of it. */
  readonly scripts: readonly Span[]
  /** When frames began. */
  readonly frames: readonly number[]
  /** When keys were pressed. */
  readonly keys: readonly number[]
  readonly from: number
  readonly to: number
}

export interface Span {
  readonly at: number
  /** With what else the machine did meanwhile. */
  readonly wall: number
  /** Of the thread itself: other processes do not add to it. */
  readonly cpu: number
}

interface TraceEvent {
  readonly name: string
  readonly ph: string
  readonly pid: number
  readonly tid: number
  readonly ts: number
  readonly dur?: number
  readonly tdur?: number
  readonly args?: { readonly data?: { readonly type?: string } }
}

const CATEGORIES = [
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
  'devtools.timeline.frame',
  'blink.user_timing',
  'v8',
  'v8.execute',
]
const SCRIPTS = new Set([
  'EvaluateScript',
  'v8.evaluateModule',
  'FunctionCall',
  'TimerFire',
  'FireAnimationFrame',
  'FireIdleCallback',
  'EventDispatch',
  'RunMicrotasks',
  'HandlePostMessage',
  'XHRReadyStateChange',
  'XHRLoad',
  'MinorGC',
  'MajorGC',
])
const [BEGIN, END] = ['bench-begin', 'bench-end']

/** Records the main thread of a page while something is done with it. One recording at a time. */
export async function traced(page: Page, work: () => Promise<void>): Promise<Trace> {
  const browser = page.context().browser()
  if (browser === null) throw new Error('the page has no browser of its own')
  const session = await browser.newBrowserCDPSession()
  const events: TraceEvent[] = []
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])))
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: CATEGORIES, recordMode: 'recordAsMuchAsPossible' },
  })
  await page.evaluate(`performance.mark('${BEGIN}')`)
  await work()
  await page.evaluate(`performance.mark('${END}')`)
  await endOf(session)
  await session.detach()
  return read(events)
}

async function endOf(session: CDPSession): Promise<void> {
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve))
  await session.send('Tracing.end')
  await complete
}

function read(events: readonly TraceEvent[]): Trace {
  const begin = events.find(({ name }) => name === BEGIN)
  const end = events.find(({ name }) => name === END)
  if (begin === undefined || end === undefined) throw new Error('the recording lacks its ends')
  const own = events
    .filter(({ pid, tid, ts }) => pid === begin.pid && tid === begin.tid && ts >= begin.ts && ts <= end.ts)
    .toSorted((first, second) => first.ts - second.ts || (second.dur ?? 0) - (first.dur ?? 0))
  return {
    tasks: outermost(own.filter(({ name }) => name === 'RunTask')),
    scripts: outermost(own.filter(({ name }) => SCRIPTS.has(name))),
    frames: own.filter(({ name }) => name === 'BeginMainThreadFrame').map(({ ts }) => ts / 1000),
    keys: own.filter(isKey).map(({ ts }) => ts / 1000),
    from: begin.ts / 1000,
    to: end.ts / 1000,
  }
}

function isKey({ name, args }: TraceEvent): boolean {
  return name === 'EventDispatch' && args?.data?.type === 'keydown'
}

function outermost(events: readonly TraceEvent[]): Span[] {
  const found: Span[] = []
  let end = 0
  for (const { ph, ts, dur, tdur } of events) {
    if (ph !== 'X' || dur === undefined || ts < end) continue
    end = ts + dur
    found.push({ at: ts / 1000, wall: dur / 1000, cpu: (tdur ?? dur) / 1000 })
  }
  return found
}
