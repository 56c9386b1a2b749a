import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { BULK_PACK, begin, box, RERUN, rerunChosen, said, shellAction } from './support/bulk.ts'
import { ADMIN_PASSWORD } from './support/deployment.ts'
import { HeldRequests } from './support/held-requests.ts'
import { startServer } from './support/server.ts'
import { byTest, details, historyRows, reachesText, runToEnd } from './support/st2.ts'
import { until } from './support/until.ts'
import { useWorld } from './support/world.ts'

/** Each test has an action of its own, so that each list has what it made. */
const world = useWorld(
  {
    ...BULK_PACK,
    ...shellAction('sleeper'),
    ...shellAction('breaker'),
    ...shellAction('leaver'),
    ...shellAction('turned'),
    ...shellAction('goer'),
    ...shellAction('stopped'),
    ...shellAction('compared'),
    ...shellAction('away'),
    ...shellAction('signed'),
    'bulk/actions/flow.yaml': `name: flow
pack: bulk
runner_type: orquesta
enabled: true
entry_point: workflows/flow.yaml
parameters:
  gate:
    type: string
    required: true
`,
    'bulk/actions/workflows/flow.yaml': `version: 1.0
input:
  - gate
tasks:
  first:
    action: core.local cmd="until [ -e <% ctx(gate) %> ]; do sleep 0.1; done"
    next:
      - do: second
  second:
    action: core.noop
`,
  },
  startServer,
)

/** Long enough to choose, whatever else the machine does. */
const TOKEN_LIFE_S = 15

describe('several executions of the history', () => {
  it('are chosen by mouse, a range with Shift, and canceled', async () => {
    const { api } = world.server
    const ids = await begin(world.server, 'bulk.sleeper', { cmd: 'sleep 300' }, 5)
    const page = await open('/history?action=bulk.sleeper', 5)
    await byTest(page, 'choose_several').click()
    await reachesText(said(page), 'None chosen')
    await box(page, 1).click()
    // Beside the box it counts, too.
    await page
      .locator('.choose-box')
      .nth(3)
      .click({ modifiers: ['Shift'], position: { x: 4, y: 6 } })
    await reachesText(said(page), '3 chosen')
    expect(await byTest(page, 'choose_all').evaluate((all) => all.matches(':indeterminate'))).toBe(true)
    expect(await byTest(page, 'bulk_pause').getAttribute('aria-disabled')).toBe('true')
    await byTest(page, 'bulk_pause').hover()
    await page.getByRole('tooltip').filter({ hasText: 'Only workflows can be paused (3).' }).waitFor()

    await reachesText(byTest(page, 'bulk_cancel'), 'Cancel 3')
    await byTest(page, 'bulk_cancel').click()
    const dialog = page.getByRole('dialog', { name: 'Cancel 3 executions?' })
    await dialog.getByText('3 × bulk.sleeper').waitFor()
    await byTest(dialog, 'bulk_confirm').click()
    await reachesText(said(page), '3 canceled')
    // The newest stands first.
    const canceled = ids.slice(1, 4)
    const statuses = await Promise.all(
      ids.map((id) => until(`${id} is decided`, async () => settledStatus((await api.executions.get(id)).status))),
    )
    expect(ids.filter((_, at) => statuses[at] === 'canceled')).toEqual(canceled)
    await byTest(page, 'bulk_dismiss').click()
    await reachesText(said(page), '3 chosen')
    await reachesText(byTest(page, 'bulk_cancel'), 'Cancel')
  })

  it('are chosen and run again by keyboard alone, with the secrets they had', async () => {
    const { api } = world.server
    const parameters = { cmd: 'exit 3', password: 'never shown' }
    for (let runs = 0; runs < 4; runs += 1) await runToEnd(world.server, 'bulk.breaker', parameters)
    const page = await open('/history?action=bulk.breaker&status=failed', 4)
    await historyRows(page).first().focus()
    await page.keyboard.press('x')
    await reachesText(said(page), '1 chosen')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Shift+X')
    await reachesText(said(page), '3 chosen')
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Space')
    await reachesText(said(page), '2 chosen')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Space')
    await reachesText(said(page), '3 chosen')
    await tabTo(page, 'bulk_rerun')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: 'Re-run 3 executions?' }).waitFor()
    await tabTo(page, 'bulk_confirm')
    await page.keyboard.press('Enter')
    await reachesText(said(page), '3 re-run')
    const { items } = await api.executions.list({ action: 'bulk.breaker', limit: 10, show_secrets: true })
    expect(items.map((run) => run.parameters)).toEqual(Array.from({ length: 7 }, () => parameters))

    await tabTo(page, 'bulk_dismiss')
    await page.keyboard.press('Enter')
    await reachesText(said(page), 'None chosen')
    await page.keyboard.press('Escape')
    await said(page).waitFor({ state: 'detached' })
    await until('the focus is not lost', () => hasFocus(page, 'choose_several'))
    expect(await byTest(page, 'choose_several').getAttribute('aria-pressed')).toBe('false')
  })

  it('stay chosen when they leave the list, with what can be done with them now, until the filters change', async () => {
    const [id = ''] = await begin(world.server, 'bulk.leaver', { cmd: 'sleep 300' }, 1)
    const page = await open('/history?action=bulk.leaver&status=running', 1)
    await historyRows(page).first().focus()
    await page.keyboard.press('x')
    await reachesText(byTest(page, 'bulk_cancel'), 'Cancel 1')
    await world.server.api.executions.cancel(id)
    await reachesText(said(page), '1 chosen, 1 not on this page')
    await reachesText(byTest(page, 'bulk_cancel'), 'Cancel')
    await until('it says why', async () => (await reasonAt(page, 'bulk_cancel')) === 'It has already ended: canceled.')
    await page.getByRole('radiogroup', { name: 'Status' }).getByRole('radio', { name: 'All' }).click()
    await reachesText(said(page), 'None chosen')
    expect(await byTest(page, 'bulk_rerun').getAttribute('aria-disabled')).toBe('true')
  })

  it('stay chosen on other pages and in another order', async () => {
    await Promise.all(Array.from({ length: 51 }, () => runToEnd(world.server, 'bulk.turned', { cmd: 'true' })))
    const visitor = await world.visit()
    const { page } = visitor
    await visitor.open('/history?page=2&action=bulk.turned')
    await until('the last one', async () => (await historyRows(page).count()) === 1)
    await byTest(page, 'choose_several').click()
    await byTest(page, 'choose_all').check()
    await page.getByRole('button', { name: 'Newer' }).click()
    await reachesText(said(page), '1 chosen, 1 not on this page')
    expect(await byTest(page, 'choose_all').isChecked()).toBe(false)
    await box(page, 0).click()
    await reachesText(said(page), '2 chosen, 1 not on this page')
    await visitor.open('/history?action=bulk.turned&sort=oldest')
    await reachesText(said(page), '2 chosen, 1 not on this page')
    await rerunChosen(page, 2)
    await reachesText(said(page), '2 re-run')
    expect((await world.server.api.executions.list({ action: 'bulk.turned' })).total).toBe(53)
  })

  it('say for each that failed what the server said, and lead to it', async () => {
    const visitor = await world.visit()
    const { page } = visitor
    const gone = await runToEnd(world.server, 'bulk.goer', { cmd: 'true' })
    await runToEnd(world.server, 'bulk.compared', { cmd: 'true' })
    await visitor.open('/history?action=bulk.goer,bulk.compared')
    await until('both are shown', async () => (await historyRows(page).count()) === 2)
    await byTest(page, 'choose_several').click()
    await byTest(page, 'choose_all').check()
    await world.server.api.actions.remove('bulk.goer', { remove_files: false })
    await rerunChosen(page, 2)
    await reachesText(said(page), '1 re-run, 1 failed')
    const failure = byTest(page, 'bulk_failures').getByRole('listitem')
    await reachesText(failure, new RegExp(`^Re-run bulk\\.goer ${gone}: .*bulk\\.goer`))
    await failure.getByRole('link', { name: gone }).click()
    await details(page).getByText(gone).waitFor()
    expect(visitor.path, 'the same list').toBe(`/history/${gone}?action=bulk.goer,bulk.compared`)
    await byTest(page, 'bulk_dismiss').click()
    await reachesText(said(page), '1 chosen')
  })

  it('can be stopped: what was not sent is not, and stays chosen', async () => {
    for (let runs = 0; runs < 6; runs += 1) await runToEnd(world.server, 'bulk.stopped', { cmd: 'true' })
    const page = await open('/history?action=bulk.stopped', 6)
    const held = await HeldRequests.of(page, RERUN)
    await byTest(page, 'choose_several').click()
    await byTest(page, 'choose_all').check()
    await rerunChosen(page, 6)
    await until('four are under way', () => held.count === 4)
    await reachesText(said(page), 'Re-running 6 executions')
    expect(await page.getByRole('progressbar', { name: 'Re-running 6 executions' }).getAttribute('max')).toBe('6')
    await byTest(page, 'bulk_stop').click()
    await reachesText(said(page), 'Waiting for what was sent')
    await held.release()
    await reachesText(said(page), '4 re-run, 2 not sent')
    expect((await world.server.api.executions.list({ action: 'bulk.stopped' })).total).toBe(10)
    await byTest(page, 'bulk_dismiss').click()
    await reachesText(said(page), '2 chosen')
  })

  it('are gone on with while another screen is shown, and leaving the page warns', async () => {
    for (let runs = 0; runs < 5; runs += 1) await runToEnd(world.server, 'bulk.away', { cmd: 'true' })
    const page = await open('/history?action=bulk.away', 5)
    const held = await HeldRequests.of(page, RERUN)
    await byTest(page, 'choose_several').click()
    await byTest(page, 'choose_all').check()
    await rerunChosen(page, 5)
    await until('four are under way', () => held.count === 4)
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Actions' }).click()
    await page.locator('section[aria-label="Actions"]').waitFor()
    const warned = page.waitForEvent('dialog')
    await page.close({ runBeforeUnload: true })
    const dialog = await warned
    expect(dialog.type()).toBe('beforeunload')
    await dialog.dismiss()
    await held.release()
    await reachesText(byTest(page, 'toast'), /5 re-run\. The history tells more\./)
    await page.goBack()
    await reachesText(said(page), '5 re-run')
    await byTest(page, 'bulk_made').click()
    await until('the new ones alone', async () => (await historyRows(page).count()) === 5)
  })

  it('wait while somebody signs in again, and none is lost', async () => {
    for (let runs = 0; runs < 6; runs += 1) await runToEnd(world.server, 'bulk.signed', { cmd: 'true' })
    const { token } = await world.server.login(TOKEN_LIFE_S)
    const visitor = await world.visit({ session: { token } })
    const { page } = visitor
    const held = await HeldRequests.of(page, RERUN)
    await visitor.open('/history?action=bulk.signed')
    await until('all are shown', async () => (await historyRows(page).count()) === 6)
    await byTest(page, 'choose_several').click()
    await byTest(page, 'choose_all').check()
    await rerunChosen(page, 6)
    await until('four are under way', () => held.count === 4)
    const login = page.getByRole('dialog', { name: 'Your session has expired' })
    await login.waitFor({ timeout: 2 * TOKEN_LIFE_S * 1000 })
    await held.release()
    await reachesText(said(page), 'Your session has ended: 6 of 6 left.')
    await login.getByLabel('Password').fill(ADMIN_PASSWORD)
    await login.getByRole('button', { name: 'Sign in' }).click()
    await login.waitFor({ state: 'detached' })
    await byTest(page, 'bulk_go_on').click()
    await reachesText(said(page), '6 re-run')
    expect((await world.server.api.executions.list({ action: 'bulk.signed' })).total).toBe(12)
  })

  it('are compared when they are two, the later with the earlier one', async () => {
    const older = await runToEnd(world.server, 'bulk.compared', { cmd: 'echo 1' })
    const newer = await runToEnd(world.server, 'bulk.compared', { cmd: 'echo 2' })
    const visitor = await world.visit()
    const { page } = visitor
    await visitor.open('/history?action=bulk.compared')
    await historyRows(page).nth(1).waitFor()
    await byTest(page, 'choose_several').click()
    await box(page, 0).click()
    expect(await byTest(page, 'bulk_compare').getAttribute('aria-disabled')).toBe('true')
    await box(page, 1).click()
    await byTest(page, 'bulk_compare').click()
    await until('they are compared', () => visitor.path === `/history/${newer}/compare/${older}`)
    await page.goBack()
    await reachesText(said(page), '2 chosen')
    expect(await box(page, 1).isChecked()).toBe(true)
  })

  it('are paused and resumed where they are workflows', async () => {
    const { api } = world.server
    const gate = join(world.server.dataDir, 'gate')
    const [id = ''] = await begin(world.server, 'bulk.flow', { gate }, 1)
    const page = await open('/history?action=bulk.flow', 1)
    await historyRows(page).first().focus()
    await page.keyboard.press('x')
    await reachesText(byTest(page, 'bulk_pause'), 'Pause 1')
    await byTest(page, 'bulk_pause').click()
    await reachesText(said(page), '1 paused')
    await byTest(page, 'bulk_dismiss').click()
    writeFileSync(gate, '')
    await reachesText(byTest(page, 'bulk_resume'), 'Resume 1', 30_000)
    await byTest(page, 'bulk_resume').click()
    await reachesText(said(page), '1 resumed')
    const { status } = await until('it ends', async () => {
      const run = await api.executions.get(id)
      return run.end_timestamp !== undefined && run
    })
    expect(status).toBe('succeeded')
  })
})

async function open(path: string, count: number): Promise<Page> {
  const visitor = await world.visit()
  await visitor.open(path)
  await until('all are shown', async () => (await historyRows(visitor.page).count()) === count)
  return visitor.page
}

function settledStatus(status: string): string | null {
  return status === 'canceling' ? null : status
}

/** Why the button cannot be used. */
function reasonAt(page: Page, name: string): Promise<string | undefined> {
  return byTest(page, name).evaluate(
    (button) => button.ownerDocument.getElementById(button.getAttribute('aria-describedby') ?? '')?.textContent,
  )
}

async function tabTo(page: Page, name: string): Promise<void> {
  await until(`Tab reaches ${name}`, async () => {
    await page.keyboard.press('Tab')
    return hasFocus(page, name)
  })
}

function hasFocus(page: Page, name: string): Promise<boolean> {
  return byTest(page, name).evaluate((part) => part.ownerDocument.activeElement === part)
}
