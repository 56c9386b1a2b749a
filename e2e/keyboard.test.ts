import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { byTest, historyRows, reachesStatus, reachesText, runToEnd } from './support/st2.ts'
import { until } from './support/until.ts'
import { useWorld } from './support/world.ts'

const world = useWorld()
/** More presses than any screen has stops before what is looked for. */
const MAX_TABS = 60

it('signs in, runs an action and runs it again without a mouse', async () => {
  const visitor = await world.visit({ session: 'none' })
  const { page } = visitor
  await visitor.open('/actions')
  await byTest(page, 'login_form').waitFor()
  await focusReaches(page, 'name', 'username')
  await page.keyboard.type('st2admin')
  await page.keyboard.press('Tab')
  await page.keyboard.type('Ch@ngeMe')
  await page.keyboard.press('Enter')

  await byTest(page, 'filter').waitFor()
  await tabTo(page, 'data-test', 'filter')
  await page.keyboard.type('run a shell command on the server')
  await reachesText(page.locator('section[aria-label="Actions"] .pane-foot [role="status"]'), /^[12] of/)
  await page.keyboard.press('ArrowDown')
  await focusReaches(page, 'href', '#/actions/core.local')
  await page.keyboard.press('Enter')
  await until('the action is opened', () => visitor.path === '/actions/core.local')
  await tabTo(page, 'data-test', 'field:cmd')
  await page.keyboard.type('echo typed')
  await page.keyboard.press('Control+Enter')
  await reachesStatus(page, 'succeeded')

  const first = visitor.path
  await tabTo(page, 'data-test', 'rerun_button')
  await page.keyboard.press('Enter')
  await byTest(page, 'rerun_popup').waitFor()
  await focusReaches(page, 'data-test', 'field:cmd')
  await page.keyboard.press('Escape')
  await byTest(page, 'rerun_popup').waitFor({ state: 'detached' })
  expect(visitor.path, 'closing goes back').toBe(first)

  await tabTo(page, 'data-test', 'rerun_button')
  await page.keyboard.press('Enter')
  await focusReaches(page, 'data-test', 'field:cmd')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('echo once more')
  await tabTo(page, 'data-test', 'rerun_submit')
  await page.keyboard.press('Enter')
  await until('another execution is shown', () => visitor.path !== first && !visitor.path.endsWith('/rerun'))
  await reachesStatus(page, 'succeeded')
  await reachesText(byTest(page, 'action_output'), /once more/)
})

it('walks the history by arrow keys and opens a row by Enter', async () => {
  const older = await runToEnd(world.server, 'core.noop', {})
  const newer = await runToEnd(world.server, 'core.noop', {})
  const visitor = await world.visit()
  const { page } = visitor
  await visitor.open('/history')
  await historyRows(page).first().waitFor()
  await tabTo(page, 'data-execution', newer)
  await page.keyboard.press('ArrowDown')
  await focusReaches(page, 'data-execution', older)
  await page.keyboard.press('ArrowUp')
  await focusReaches(page, 'data-execution', newer)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await until('it is opened', () => visitor.path !== '/history')
  expect(visitor.path).toBe(`/history/${older}`)
})

it.each([
  { path: '/history', list: 'Executions' },
  { path: '/actions', list: 'Actions' },
  { path: '/rules', list: 'Rules' },
])('passes the list of $path with one Tab, and comes back to the row that was left', async ({ path, list }) => {
  for (let runs = 0; runs < 2; runs += 1) await runToEnd(world.server, 'core.noop', {})
  const visitor = await world.visit()
  const { page } = visitor
  await visitor.open(path)
  const rows = page.locator(`section[aria-label="${list}"] .rows a[data-row]`)
  await rows.nth(1).waitFor()
  await rows.first().focus()
  await page.keyboard.press('ArrowDown')
  const left = await focusedAttribute(page, 'href')
  // A rule has its switch beside it.
  const beside = await page.locator('.rows [data-row]:focus ~ button').count()
  for (let stop = 0; stop <= beside; stop += 1) await page.keyboard.press('Tab')
  expect(await page.locator('.rows :focus').count(), 'rows that have the focus').toBe(0)
  for (let stop = 0; stop <= beside; stop += 1) await page.keyboard.press('Shift+Tab')
  expect(await focusedAttribute(page, 'href')).toBe(left)
})

it.each(['/history', '/actions/examples.count_words', '/history/ID/rerun'])(
  'shows where the focus is on every stop of %s',
  async (path) => {
    const id = await runToEnd(world.server, 'core.local', { cmd: 'true' })
    const visitor = await world.visit()
    const { page } = visitor
    await visitor.open(path.replace('ID', id))
    await page.locator('[data-execution], [data-test="field:text"]').first().waitFor()
    if (path.endsWith('/rerun')) await byTest(page, 'rerun_popup').waitFor()
    const seen: string[] = []
    const invisible: string[] = []
    for (let stop = 0; stop < MAX_TABS; stop += 1) {
      await page.keyboard.press('Tab')
      const { name, isShown } = await page.evaluate<{ name: string; isShown: boolean }>(FOCUS_LOOK)
      if (name === 'BODY') break
      seen.push(name)
      if (!isShown) invisible.push(name)
    }
    expect(invisible).toEqual([])
    expect(new Set(seen).size, 'stops').toBeGreaterThan(3)
  },
)

/** Whether an outline or a ring is drawn around what has the focus. */
const FOCUS_LOOK = `(() => {
  const element = document.activeElement
  const drawn = [element, element.parentElement].some((one) => {
    const style = getComputedStyle(one)
    return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none'
  })
  const words = element.getAttribute('aria-label') ?? element.textContent.trim().slice(0, 40)
  return { name: element === document.body ? 'BODY' : element.tagName + ' ' + words, isShown: drawn }
})()`

async function tabTo(page: Page, attribute: string, value: string): Promise<void> {
  for (let stop = 0; stop < MAX_TABS; stop += 1) {
    await page.keyboard.press('Tab')
    if ((await focusedAttribute(page, attribute)) === value) return
  }
  throw new Error(`Tab does not reach ${attribute}=${value}`)
}

async function focusReaches(page: Page, attribute: string, value: string): Promise<void> {
  await until(`the focus is on ${attribute}=${value}`, async () => (await focusedAttribute(page, attribute)) === value)
}

function focusedAttribute(page: Page, name: string): Promise<string | null> {
  return page.evaluate<string | null>(`document.activeElement?.getAttribute(${JSON.stringify(name)}) ?? null`)
}
