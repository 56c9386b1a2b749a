/** The designer's parts as its users name them. */
import type { Locator, Page } from 'playwright-core'
import { byTest } from './st2.ts'
import { until } from './until.ts'

export function task(page: Page, name: string): Locator {
  return page.locator(`[data-task="${name}"]`)
}

/** Drags an action of the library onto the canvas. */
export async function dragAction(page: Page, ref: string, at: { x: number; y: number }): Promise<void> {
  const library = page.locator('section[aria-label="Library"]')
  await library.getByRole('searchbox').fill(ref)
  const canvas = page.locator('.design-canvas .react-flow__pane')
  await library.locator(`[data-action="${ref}"]`).dragTo(canvas, { targetPosition: at })
}

/** Draws a line from the handle of a task onto another task. */
export async function connect(page: Page, from: string, to: string): Promise<void> {
  const start = await restingPlace(page.locator(`.react-flow__node[data-id="${from}"] .design-source`))
  const end = await middleOf(task(page, to))
  await page.mouse.move(start.x, start.y)
  await page.mouse.down()
  await page.mouse.move(start.x, start.y + 12, { steps: 3 })
  await page.mouse.move(end.x, end.y, { steps: 8 })
  await page.mouse.up()
  await page.locator(`.react-flow__edge[data-id^="${from}>"][data-id$=">${to}"]`).first().waitFor({ state: 'attached' })
}

/** Where something is when the picture has come to rest. */
async function restingPlace(locator: Locator): Promise<{ x: number; y: number }> {
  let last = await middleOf(locator)
  return until(`${locator} rests`, async () => {
    const before = last
    last = await middleOf(locator)
    return before.x === last.x && before.y === last.y ? last : null
  })
}

export async function middleOf(locator: Locator): Promise<{ x: number; y: number }> {
  const box = await locator.boundingBox()
  if (box === null) throw new Error(`${locator} is not on the screen`)
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

/** Types into a field that takes expressions, and leaves it. */
export async function fillExpression(page: Page, testId: string, text: string): Promise<void> {
  const input = byTest(page, testId).locator('[role="textbox"], .cm-content, input, textarea').first()
  await input.click()
  await page.keyboard.press('Control+a')
  await page.keyboard.insertText(text)
  await page.keyboard.press('Escape')
  await input.blur()
}
