// The built WebUI in a real browser: what its first view loads, how long screens take to open, what scrolling, dragging and typing cost.
// `node bench/webui.ts [--json] [--only first|history|run|result|designer] [--executions 100000]`
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openSignedIn, startBrowser } from './support/browser.ts'
import { buildProgram } from './support/built-program.ts'
import { largeWorkflow } from './support/large-workflow.ts'
import { startServer, temporaryFolder } from './support/server-process.ts'
import { rounded } from './support/statistics.ts'
import { fillWithExecutions, sampleExecution } from './support/stored-executions.ts'
import { openBarePage } from './webui/bare-page.ts'
import { DRAWN, REPORT, runToEnd, WAYS, writePack } from './webui/bench-pack.ts'
import { draggedTask, typedKeys } from './webui/designer.ts'
import type { Figure } from './webui/figure.ts'
import { firstView } from './webui/first-view.ts'
import { historyScroll } from './webui/history-scroll.ts'
import { largeResult } from './webui/large-result.ts'
import { opening } from './webui/opening.ts'

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    /** Only figures of the part that begins with it. */
    only: { type: 'string', default: '' },
    executions: { type: 'string', default: '100000' },
  },
})
const HISTORY = { path: '/history', shows: '[data-execution]' }

async function measure(): Promise<Figure[]> {
  buildProgram('webui')
  using folder = temporaryFolder()
  writePack(join(folder.path, 'data'))
  const sample = await sampleExecution(folder.path)
  await fillWithExecutions(folder.path, sample, 0, Number(options.executions))
  await using server = await startServer(folder.path)
  const browser = await startBrowser()
  try {
    // Before all else: what the History shows first has been loaded already when it is opened.
    const ids = { ways: await runToEnd(server, WAYS), report: await runToEnd(server, REPORT) }
    await runToEnd(server, 'core.noop')
    const context = await openSignedIn(browser, server)
    const bare = await openBarePage(browser, largeWorkflow())
    const parts: Record<string, () => Promise<Figure | Figure[]>> = {
      first: () => firstView(browser, server),
      history: () => historyScroll(context, server, bare),
      run: async () => {
        const to = { path: `/history/${ids.ways}/graph`, shows: '.react-flow__node [data-task]' }
        return opening(context, server, { name: 'a run of 300 tasks opens', limit: 500, from: HISTORY, to })
      },
      result: async () => largeResult(context, server, ids.report, bare),
      designer: async () => [
        await opening(context, server, {
          name: 'designer, a workflow of 300 tasks opens',
          limit: 500,
          from: HISTORY,
          to: { path: `/action/${DRAWN}`, shows: '.design-canvas [data-task]' },
        }),
        await draggedTask(context, server, DRAWN, bare),
        await typedKeys(context, server, DRAWN, bare),
      ],
    }
    const figures: Figure[] = []
    for (const [name, part] of Object.entries(parts))
      if (name.startsWith(options.only)) figures.push(...[await part()].flat())
    return figures
  } finally {
    await browser.close()
  }
}

function print(figures: readonly Figure[]): void {
  const cell = (value: number | undefined): string => (value === undefined ? '' : String(rounded(value))).padStart(9)
  console.log(
    `${''.padEnd(70)}${'goal'.padStart(9)}${'figure'.padStart(9)}   ${'wall'.padStart(9)}${'bare'.padStart(9)}`,
  )
  for (const { name, unit, limit, value, wall, bare, more = {} } of figures) {
    const further = Object.entries(more).map(([key, number]) => `${key} ${number}`)
    console.log(
      `${`${name}, ${unit}`.padEnd(70)}${cell(limit)}${cell(value)} ${value <= limit ? '✓' : '✗'} ${cell(wall)}${cell(bare)}  ${further.join(', ')}`,
    )
  }
}

const figures = await measure()
if (options.json)
  console.log(JSON.stringify(figures.map((figure) => ({ ...figure, kept: figure.value <= figure.limit }))))
else print(figures)
