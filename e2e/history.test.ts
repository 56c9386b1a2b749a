import { expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import {
  byTest,
  details,
  historyRow,
  historyRows,
  purgeExecutions,
  reachesStatus,
  reachesText,
  runToEnd,
} from './support/st2.ts'
import { until } from './support/until.ts'
import { useWorld } from './support/world.ts'

/** Its action is run by no other file: the deployment may be shared. */
const world = useWorld({
  'told/pack.yaml': `name: told
ref: told
description: An action of its own.
version: 1.0.0
author: tests
email: tests@example.com
`,
  'told/actions/shell.yaml': `name: shell
pack: told
description: Runs a command.
runner_type: local-shell-cmd
enabled: true
entry_point: ""
parameters:
  sudo:
    immutable: true
`,
  'told/actions/fan.yaml': `name: fan
pack: told
runner_type: orquesta
enabled: true
entry_point: workflows/fan.yaml
`,
  'told/actions/workflows/fan.yaml': `version: 1.0
vars:
  - hosts: <% range(105) %>
tasks:
  each:
    with: <% ctx(hosts) %>
    action: core.noop
    next:
      - when: <% succeeded() %>
        do: inner
  inner:
    action: told.inner
`,
  'told/actions/inner.yaml': `name: inner
pack: told
runner_type: orquesta
enabled: true
entry_point: workflows/inner.yaml
`,
  'told/actions/workflows/inner.yaml': `version: 1.0
tasks:
  deep:
    action: core.noop
`,
})
const SHOWN_EXECUTIONS = `[...document.querySelectorAll('[data-execution]')].map((row) => row.dataset.execution)`

it('reads filters from the address and keeps the list to them while executions come and go (webui.md 17 row 2)', async () => {
  const { server } = world
  await runToEnd(server, 'told.shell', { cmd: 'true' })
  const failed = await runToEnd(server, 'told.shell', { cmd: 'exit 1' })
  const { id: slow } = await server.api.executions.create({ action: 'told.shell', parameters: { cmd: 'sleep 300' } })
  await runToEnd(server, 'core.echo', { message: 'another action' })

  const visitor = await world.visit()
  const { page } = visitor
  await visitor.open('/history?action=told.shell&status=failed,running')
  await shows(page, [slow, failed])

  const again = await runToEnd(server, 'told.shell', { cmd: 'exit 2' })
  await shows(page, [again, slow, failed])
  await runToEnd(server, 'told.shell', { cmd: 'true' })
  await server.api.executions.cancel(slow)
  await shows(page, [again, failed])
  expect(visitor.path).toBe('/history?action=told.shell&status=failed,running')

  await page.getByRole('radiogroup', { name: 'Status' }).getByRole('radio', { name: 'All' }).click()
  await until('the address has no status', () => visitor.path === '/history?action=told.shell')
  await until('all of told.shell are shown', async () => (await historyRows(page).count()) === 5)
  await page.goBack()
  await shows(page, [again, failed])
})

it('finds executions by words, fields and several values at once, and keeps the filters by a name (webui.md 17 row 2)', async () => {
  const { server } = world
  const shell = await runToEnd(server, 'told.shell', { cmd: 'echo Needle 1' })
  const echo = await runToEnd(server, 'core.echo', { message: 'a needle, too' })
  await runToEnd(server, 'core.local', { cmd: 'echo needle of another action' })
  const visitor = await world.visit()
  const { page } = visitor
  await visitor.open('/history')
  await byTest(page, 'filter').fill('needle action:told.shell action:core.ec')
  await page.getByRole('option', { name: 'core.echo' }).waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await until('the address has them', () => visitor.path === '/history?action=told.shell,core.echo&q=needle')
  await shows(page, [echo, shell])
  const live = await runToEnd(server, 'told.shell', { cmd: 'echo NEEDLE 2' })
  await runToEnd(server, 'told.shell', { cmd: 'echo hay' })
  await shows(page, [live, echo, shell])
  await byTest(page, 'filter').fill('needle parameters.message:x status:broken')
  await page.getByText('“broken” is no status.').waitFor()
  await byTest(page, 'filter').fill('needle')
  await page.getByRole('button', { name: 'Remove the filter action: core.echo' }).click()
  await shows(page, [live, shell])

  await page.getByRole('button', { name: 'Saved filters' }).click()
  await page.getByLabel('Name for the filters in force').fill('Needles')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByRole('button', { name: 'Begin with Needles' }).click()
  await page.getByRole('button', { name: 'Rename Needles' }).click()
  await page.getByLabel('New name of Needles').fill('Found')
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: 'Found' }).waitFor()
  await page.keyboard.press('Escape')
  await visitor.open('/')
  await until('the history begins with them', () => visitor.path === '/history?action=told.shell&q=needle')
  await page.getByRole('button', { name: 'Saved filters' }).click()
  await page.getByRole('button', { name: 'Delete Found' }).click()
  await visitor.open('/actions')
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'History', exact: true }).click()
  await until('another screen', () => visitor.path !== '/actions')
  expect(visitor.path, 'all again').toBe('/history')
})

it('keeps to a filter on results while executions end', async () => {
  const { server } = world
  const visitor = await world.visit()
  const { page } = visitor
  await visitor.open('/history?action=told.shell&filter=result.stdout:wanted')
  await page.getByText('Nothing matches these filters').waitFor()
  await page.locator('.live-dot[data-state="live"]').waitFor({ state: 'attached' })
  const wanted = await runToEnd(server, 'told.shell', { cmd: 'echo wanted' })
  await reachesText(historyRow(page, wanted), /succeeded/)
  const other = await runToEnd(server, 'told.shell', { cmd: 'echo other' })
  const large = await runToEnd(server, 'told.shell', { cmd: 'head -c 300000 /dev/zero | tr "\\0" x' })
  await runToEnd(server, 'core.noop', {})
  await page.waitForTimeout(4000)
  expect(await historyRow(page, wanted).count(), 'asked for again meanwhile').toBe(1)
  for (const id of [other, large]) expect(await historyRow(page, id).count()).toBe(0)
})

it('lets what is new wait while somebody reads further down, or on a later page (webui.md 17 row 2)', async () => {
  const { server } = world
  await Promise.all(Array.from({ length: 55 }, () => runToEnd(server, 'told.shell', { cmd: 'true' })))
  const visitor = await world.visit()
  const { page } = visitor
  await visitor.open('/history?action=told.shell')
  await until('a page is there', async () => (await historyRows(page).count()) > 5)
  await page.locator('.split-list .pane-body').evaluate((list) => list.scrollTo({ top: 700 }))
  const read = historyRows(page).nth(10)
  const place = await read.boundingBox()
  const first = await runToEnd(server, 'told.shell', { cmd: 'true' })
  await reachesText(byTest(page, 'show_new'), '1 new execution')
  expect(await read.boundingBox(), 'what is read stays where it is').toEqual(place)
  await byTest(page, 'show_new').click()
  await until('the new one is on top', async () => (await shown(page))[0] === first)
  await byTest(page, 'show_new').waitFor({ state: 'detached' })

  await page.getByRole('button', { name: 'Older' }).click()
  await until('the second page', () => visitor.path === '/history?page=2&action=told.shell')
  await until('its rows', async () => (await shown(page)).length > 0 && !(await shown(page)).includes(first))
  const before = await shown(page)
  const second = await runToEnd(server, 'told.shell', { cmd: 'true' })
  await reachesText(byTest(page, 'show_new'), '1 new execution')
  expect(await shown(page)).toEqual(before)
  await byTest(page, 'show_new').click()
  await until('the first page', async () => (await shown(page))[0] === second)
  expect(visitor.path).toBe('/history?action=told.shell')
})

it('finds a child of a child behind more than a hundred others by its address, and says why it ran (webui.md 17 row 2)', async () => {
  const { api } = world.server
  const trigger = { type: 'core.st2.webhook', parameters: { url: 'told/fan' } }
  await api.rules.create({
    name: 'told_fan',
    pack: 'default',
    enabled: true,
    trigger,
    criteria: {},
    action: { ref: 'told.fan' },
  })
  const top = await until(
    'the webhook runs it',
    async () => {
      const { items } = await api.executions.list({ rule: 'told_fan', limit: 1 })
      // Whoever serves the webhook hears of it a moment later.
      if (items.length === 0) await api.webhooks.send('told/fan', { by: 'ada' }).catch(() => null)
      return items[0]?.id
    },
    30_000,
  )
  const inner = await until(
    'it reaches its second task',
    async () => {
      const { items } = await api.executions.list({ parent: top, action: 'told.inner' })
      return items[0]?.id
    },
    60_000,
  )
  const deep = await until(
    'and the task of that',
    async () => (await api.executions.list({ parent: inner })).items[0]?.id,
  )

  const visitor = await world.visit()
  const { page } = visitor
  await visitor.open(`/history/${deep}?action=core.echo`)
  await page.locator(`[data-execution="${deep}"][aria-current]`).waitFor()
  expect(
    (await shown(page)).filter((id) => id === deep),
    'once',
  ).toHaveLength(1)
  await page.locator('.split-list .pane-body').evaluate((list) => list.scrollTo({ top: 0 }))
  await page.getByRole('heading', { name: 'Shown, but not on this page' }).waitFor()
  await reachesText(
    byTest(page, 'cause'),
    /Event[^]*core\.st2\.webhook[^]*Rule[^]*told_fan[^]*Enforcement[^]*told\.fan[^]*inner[^]*deep/,
  )
  await byTest(page, 'cause').getByRole('link', { name: 'told.fan' }).click()
  await until('the top is shown', () => visitor.path === `/history/${top}`)
  await reachesText(byTest(page, 'cause'), /each[^]*× \d+/)

  const again = (await api.executions.rerun(deep, { parameters: {} })).id
  await visitor.open(`/history/${again}`)
  await reachesText(byTest(page, 'cause'), new RegExp(`Re-run[^]*${deep}`))
})

it('shows times in another zone and relative, and remembers it', async () => {
  const id = await runToEnd(world.server, 'core.noop', {})
  const visitor = await world.visit()
  const { page } = visitor
  await visitor.open(`/history/${id}`)
  const started = byTest(page, 'start_timestamp')
  await page.getByRole('button', { name: 'Times: Local, exact' }).click()
  await page.getByRole('radio', { name: 'Another' }).click()
  await page.getByLabel('Name of the zone').fill('Asia/Tokyo')
  await reachesText(started, /GMT\+9$/)
  await page.getByRole('radio', { name: 'Relative' }).click()
  await reachesText(started, /^(now|\d+ (s|min) ago)$/)
  await page.reload()
  await page.getByRole('button', { name: 'Times: Tokyo, relative' }).waitFor()
  await reachesText(started, /^(now|\d+ (s|min) ago)$/)
  expect(await started.getAttribute('title'), 'one hover away').toMatch(/GMT\+9$/)
})

it('says so when nothing matches the filters, and offers all executions', async () => {
  await runToEnd(world.server, 'core.noop', {})
  const visitor = await world.visit()
  const { page } = visitor
  await visitor.open('/history?action=no.such&user=nobody')
  await page.getByText('Nothing matches these filters').waitFor()
  await page.getByRole('link', { name: 'Show all executions' }).click()
  await historyRows(page).first().waitFor()
  expect(visitor.path).toBe('/history')
})

it('turns pages, and a page is a place to come back to', async () => {
  const { server } = world
  await Promise.all(Array.from({ length: 60 }, () => runToEnd(server, 'core.noop', {})))
  const visitor = await world.visit()
  const { page } = visitor
  const said = page.locator('section[aria-label="Executions"] .pane-foot [role="status"]')
  await visitor.open('/history?action=core.noop')
  await reachesText(said, /^1–50 of 6\d$/)
  await page.getByRole('button', { name: 'Older' }).click()
  await reachesText(said, /^51–6\d of 6\d$/)
  expect(visitor.path).toBe('/history?page=2&action=core.noop')
  await page.reload()
  await reachesText(said, /^51–6\d of 6\d$/)
  await page.getByRole('button', { name: 'Newer' }).click()
  await reachesText(said, /^1–50 of 6\d$/)
})

it('says so where one looks when an execution is deleted meanwhile', async () => {
  const { server } = world
  const id = await runToEnd(server, 'told.shell', { cmd: 'true' })
  const visitor = await world.visit()
  const { page } = visitor
  await visitor.open(`/history/${id}?action=told.shell`)
  await reachesStatus(page, 'succeeded')
  await page.locator('.live-dot[data-state="live"]').waitFor({ state: 'attached' })
  const timestamp = new Date(Date.now() + 1000).toISOString()
  expect(await purgeExecutions(server, { timestamp, action_ref: 'told.shell' })).toBe(200)
  await details(page).getByText('This execution was deleted meanwhile').waitFor()
  await page.getByText('Nothing matches these filters').waitFor()
})

it('fills its page again when executions of it are deleted', async () => {
  const { server } = world
  for (let count = 0; count < 55; count += 1) await runToEnd(server, 'told.shell', { cmd: 'true' })
  const visitor = await world.visit()
  const { page } = visitor
  await visitor.open('/history?action=told.shell&page=1')
  const said = page.getByRole('status').filter({ hasText: / of \d+$/ })
  await reachesText(said, /^1–50 of 55$/)
  const { items } = await server.api.executions.list({ action: 'told.shell', limit: 50 })
  // All but the newest ten.
  const timestamp = items[9]?.start_timestamp
  expect(await purgeExecutions(server, { timestamp, action_ref: 'told.shell' })).toBe(200)
  await reachesText(said, /^1–10 of 10$/)
  expect(await historyRows(page).count()).toBe(10)
})

it('says that there is no such execution', async () => {
  const visitor = await world.visit()
  await visitor.open('/history/0123456789abcdef01234567')
  await details(visitor.page).getByText('There is no such execution').waitFor()
  await details(visitor.page).getByRole('link', { name: 'Back to the list' }).click()
  await visitor.page
    .getByRole('status')
    .filter({ hasText: /^No executions$|of \d+$/ })
    .waitFor()
  expect(visitor.path).toBe('/history')
})

it('copies a run as a command that can be typed', async () => {
  const visitor = await world.visit()
  const { page } = visitor
  const id = await runToEnd(world.server, 'core.local', { cmd: "echo 'two words'", env: { A: 'b c' } })
  await visitor.open(`/history/${id}`)
  await page.getByRole('button', { name: 'Copy as a command' }).click()
  await page.getByRole('menuitem', { name: 'st2 run …' }).click()
  await page.getByText('Command copied').waitFor()
  const copied = await page.evaluate<string>('navigator.clipboard.readText()')
  expect(copied).toBe(`st2 run core.local cmd='echo '\\''two words'\\''' env='{"A":"b c"}'`)
})

it('goes to actions, executions and screens from the command palette', async () => {
  const visitor = await world.visit()
  const { page } = visitor
  const id = await runToEnd(world.server, 'core.local', { cmd: 'echo found' })
  await visitor.open('/history')
  await historyRows(page).first().waitFor()

  await page.keyboard.press('Control+k')
  await byTest(page, 'palette_input').fill('core echo')
  await page.getByRole('option', { name: /core\.echo/ }).waitFor()
  await page.keyboard.press('Enter')
  await until('the action is shown', () => visitor.path === '/actions/core.echo')

  await page.keyboard.press('Control+k')
  await byTest(page, 'palette_input').fill(id)
  await page.keyboard.press('Enter')
  await reachesStatus(page, 'succeeded')
  expect(visitor.path).toBe(`/history/${id}`)

  await page.keyboard.press('Control+k')
  await byTest(page, 'palette_input').waitFor()
  await page.keyboard.press('Escape')
  await byTest(page, 'palette_input').waitFor({ state: 'detached' })
})

function shown(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(SHOWN_EXECUTIONS)
}

async function shows(page: Page, ids: readonly string[]): Promise<void> {
  await until(`the list is ${ids.join(', ')}`, async () => (await shown(page)).join() === ids.join())
}
