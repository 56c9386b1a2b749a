import type { BrowserContext, Locator, Page } from 'playwright-core'
import { openPage, settled } from '../support/browser.ts'
import { costAt, longestTask, scriptingPerFrame, workBetweenKeys, workPerKey } from '../support/main-thread.ts'
import type { BenchServer } from '../support/server-process.ts'
import { rounded } from '../support/statistics.ts'
import { traced } from '../support/trace.ts'
import type { Figure } from './figure.ts'
import { drag, type } from './gestures.ts'

const DRAG_SECONDS = 5
const KEYS = 60
/** Before anything is measured: code is compiled. */
const WARM_UP_KEYS = 10

/** A task of a workflow of 300 is dragged on the canvas. */
export async function draggedTask(
  context: BrowserContext,
  server: BenchServer,
  ref: string,
  bare: Page,
): Promise<Figure> {
  const base = await traced(bare, () => drag(bare, { x: 700, y: 230 }, DRAG_SECONDS / 2))
  const page = await openDesigner(context, server, ref)
  const place = await inSight(page)
  await drag(page, place, 1)
  const again = await middleOf(page.locator('.design-canvas [data-task][aria-pressed="true"]'))
  const trace = await traced(page, () => drag(page, again, DRAG_SECONDS))
  await page.close()
  const frames = scriptingPerFrame(trace)
  const task = longestTask(trace)
  return {
    name: 'designer, a task of 300 dragged: scripting per frame, p95',
    unit: 'ms',
    limit: 8,
    value: costAt(0.95, frames),
    wall: costAt(0.95, frames, 'wall'),
    bare: costAt(0.95, scriptingPerFrame(base)),
    more: { frames: frames.length, longest_task: rounded(task.cpu) },
  }
}

/** Keys are typed into a comment and a value of the same workflow as text, beside its picture. */
export async function typedKeys(
  context: BrowserContext,
  server: BenchServer,
  ref: string,
  bare: Page,
): Promise<Figure> {
  await bare.locator('textarea').focus()
  const base = await traced(bare, () => type(bare, KEYS / 2))
  const page = await openDesigner(context, server, ref)
  await page.locator('[data-test="toggle_code"]').click()
  const line = page.locator('.cm-line', { hasText: 'echo <% ctx(host) %> 0' })
  await line.click()
  await page.keyboard.press('End')
  await page.keyboard.press('ArrowLeft')
  await type(page, WARM_UP_KEYS)
  const trace = await traced(page, () => type(page, KEYS))
  await page.close()
  const costs = workPerKey(trace)
  const task = longestTask(trace)
  return {
    name: 'designer, a key in a file of 2,000 lines until it is shown, p95',
    unit: 'ms',
    limit: 16,
    value: costAt(0.95, costs),
    wall: costAt(0.95, costs, 'wall'),
    bare: costAt(0.95, workPerKey(base)),
    more: {
      keys: costs.length,
      median: rounded(costAt(0.5, costs)),
      all_work_median: rounded(costAt(0.5, workBetweenKeys(trace))),
      longest_task: rounded(task.cpu),
    },
  }
}

async function openDesigner(context: BrowserContext, server: BenchServer, ref: string): Promise<Page> {
  const page = await openPage(context, server, `/action/${ref}`)
  await page.locator('.design-canvas [data-task]').first().waitFor()
  await settled(page)
  return page
}

/** The middle of a task near the middle of the canvas. */
function inSight(page: Page): Promise<{ x: number; y: number }> {
  return page.evaluate<{ x: number; y: number }>(`(() => {
    const middleOf = (element) => {
      const { x, y, width, height } = element.getBoundingClientRect()
      return { x: x + width / 2, y: y + height / 2 }
    }
    const canvas = middleOf(document.querySelector('.design-canvas'))
    const farness = ({ x, y }) => Math.hypot(x - canvas.x, y - canvas.y)
    const tasks = [...document.querySelectorAll('.design-canvas [data-task]')].map(middleOf)
    return tasks.toSorted((first, second) => farness(first) - farness(second))[0]
  })()`)
}

async function middleOf(locator: Locator): Promise<{ x: number; y: number }> {
  const box = await locator.boundingBox()
  if (box === null) throw new Error(`${locator} is not on the screen`)
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}
