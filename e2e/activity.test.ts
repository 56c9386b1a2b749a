import type { Page } from 'playwright-core'
import { beforeAll, expect, it } from 'vitest'
import { checkScreens } from './support/screens.ts'
import { startServer } from './support/server.ts'
import { byTest, historyRows, reachesText, runToEnd } from './support/st2.ts'
import { until } from './support/until.ts'
import { useWorld } from './support/world.ts'

const world = useWorld({}, startServer)
beforeAll(async () => {
  const { server } = world
  for (const cmd of ['true', 'true', 'exit 3']) await runToEnd(server, 'core.local', { cmd })
  await runToEnd(server, 'core.noop', {})
  const { id } = await server.api.executions.create({ action: 'core.ask', parameters: {} })
  await until('it waits', async () => (await server.api.executions.get(id)).status === 'pending')
})

it('says when executions started and what became of them, and follows the filters', async () => {
  const visitor = await world.visit()
  const { page } = visitor
  await visitor.open('/history')
  await reachesText(words(page), 'Last 24 hours: 5 executions, 1 failed, 1 open')
  await page.getByRole('radio', { name: 'Failed' }).click()
  await reachesText(words(page), 'Last 24 hours: 1 execution, 1 failed')
  await visitor.open('/history?action=core.local&last=1h')
  await reachesText(words(page), 'Last hour: 3 executions, 1 failed')
  await visitor.open('/history?q=core')
  await byTest(page, 'activity')
    .getByText(/not counted over time/)
    .waitFor()
  expect(await bars(page).count()).toBe(0)
})

it('is brought up to date by what happens', async () => {
  const visitor = await world.visit()
  const { page } = visitor
  await visitor.open('/history?action=core.noop')
  await reachesText(words(page), /: 1 execution$/)
  await runToEnd(world.server, 'core.noop', {})
  await reachesText(words(page), /: 2 executions$/)
  expect(await historyRows(page).count()).toBe(2)
})

it('leads to the executions of a time, by mouse and by keyboard', async () => {
  const visitor = await world.visit()
  const { page } = visitor
  await visitor.open('/history?action=core.local')
  await reachesText(words(page), /: 3 executions, 1 failed$/)
  const box = await bars(page).boundingBox()
  if (box === null) throw new Error('the bars have no place')
  await page.mouse.move(box.x + 2, box.y + 20)
  await reachesText(words(page), /^\w{3}, \d\d \w{3} \d{4}, \d\d:\d\d–\d\d:\d\d: 0 executions$/)
  await page.mouse.click(box.x + box.width - 2, box.y + 20)
  await until('the address says when', () => /timestamp_gt=.*&timestamp_lt=/.test(visitor.path))
  await reachesText(words(page), 'Within these times: 3 executions, 1 failed')
  expect(await historyRows(page).count()).toBe(3)

  await visitor.open('/history?action=core.local')
  await reachesText(words(page), /^Last 24 hours/)
  await bars(page).focus()
  await page.keyboard.press('ArrowLeft')
  await until('it walks', async () => (await bars(page).getAttribute('aria-valuetext'))?.endsWith(': 0 executions'))
  await page.keyboard.press('End')
  expect(await bars(page).getAttribute('aria-valuetext')).toMatch(/: 3 executions, 1 failed$/)
  await page.keyboard.press('Enter')
  await until('the address says when', () => /timestamp_gt=.*&timestamp_lt=/.test(visitor.path))
})

it('can be put away, and stays away', async () => {
  const visitor = await world.visit()
  const { page } = visitor
  await visitor.open('/history')
  await bars(page).waitFor()
  await byTest(page, 'activity_toggle').click()
  await bars(page).waitFor({ state: 'detached' })
  await page.reload()
  await page.getByRole('button', { name: 'Show the activity' }).click()
  await bars(page).waitFor()
  expect(await words(page).innerText()).toMatch(/^Last 24 hours/)
})

checkScreens(world, [
  {
    name: 'history-activity',
    path: () => '/history?last=15m',
    isThere: (page) => reachesText(words(page), /executions, 1 failed, 1 open$/),
  },
])

function words(page: Page) {
  return byTest(page, 'activity').locator('.activity-words')
}

function bars(page: Page) {
  return byTest(page, 'activity').getByRole('slider')
}
