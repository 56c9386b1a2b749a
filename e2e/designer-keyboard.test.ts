import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { task } from './support/designer.ts'
import { byTest, reachesText } from './support/st2.ts'
import { until } from './support/until.ts'
import { useWorld } from './support/world.ts'

const world = useWorld()
const TALL = { width: 1280, height: 1000 } as const
/** More presses than any form has stops before what is looked for. */
const MAX_TABS = 80

it('builds a workflow of eight tasks without a mouse, saves it, runs it and watches it', async () => {
  const visitor = await world.visit(TALL)
  const { page } = visitor
  const { keyboard } = page
  await visitor.open('/action')
  await byTest(page, 'add_first').waitFor()
  await keyboard.press('F6')
  await keyboard.press('Enter')
  await chooseAction(page, 'core.noop', 'noop1')
  await addAfter(page, 'core.uuid', 'uuid')
  await keyboard.press('ArrowUp')
  await focusIsOn(page, 'noop1')
  await addAfter(page, 'core.local', 'local')
  await keyboard.press('ArrowUp')
  await focusIsOn(page, 'noop1')
  await addAfter(page, 'core.echo', 'echo')
  await addAfter(page, 'core.noop', 'noop2')
  for (const name of ['uuid', 'local']) {
    await find(page, name)
    await keyboard.press('l')
    await choose(page, 'noop2')
  }

  // The join.
  await edit(page, 'noop2')
  await tabInto(page, 'wait_section')
  await keyboard.press('Enter')
  await keyboard.press('Tab')
  await keyboard.press('ArrowRight')
  await keyboard.press('Shift+F6')
  await focusIsOn(page, 'noop2')
  await reachesText(task(page, 'noop2'), /join/)

  // With items, and an expression.
  await edit(page, 'echo')
  await typeInto(page, 'field:message', 'hello <% item(place) %>')
  await tabInto(page, 'items_section')
  await keyboard.press('Enter')
  await tabInto(page, 'items_switch')
  await keyboard.press('Space')
  await typeInto(page, 'items', 'place in <% ctx(places) %>')

  // A retry.
  await edit(page, 'local')
  await typeInto(page, 'field:cmd', 'exit 0')
  await tabInto(page, 'retry_section')
  await keyboard.press('Enter')
  await tabInto(page, 'retry_switch')
  await keyboard.press('Space')
  await typeInto(page, 'retry_count', '2')

  // A variable that is published, and used by what comes last.
  await edit(page, 'uuid')
  await tabInto(page, 'publish:0_name')
  await keyboard.type('id')
  await keyboard.press('Enter')
  await byTest(page, 'publish:0:id').waitFor()
  await keyboard.press('Shift+Tab')
  await typeText(page, '<% result().result %>')
  await find(page, 'noop2')
  await addAfter(page, 'core.echo', 'echo1')
  await edit(page, 'echo1')
  await typeInto(page, 'field:message', 'made <% ctx(id) %>')
  await find(page, 'echo1')
  await addAfter(page, 'core.echo', 'echo2')
  await edit(page, 'echo2')
  await typeInto(page, 'field:message', 'sorry')
  await edit(page, 'echo1')
  await tabInto(page, 'when:0')
  await keyboard.press('ArrowDown')
  await keyboard.press('Shift+F6')
  await addAfter(page, 'core.noop', 'noop3')

  // What all of it starts with.
  await keyboard.press('F6')
  await until('the focus is among the panels', () => page.evaluate<boolean>(`document.activeElement?.role === 'radio'`))
  await keyboard.press('ArrowRight')
  await tabInto(page, 'vars_name')
  await keyboard.type('places')
  await keyboard.press('Enter')
  await byTest(page, 'vars:places').waitFor()
  await keyboard.press('Shift+Tab')
  await typeText(page, '[Rome, Oslo]')
  await reachesText(byTest(page, 'problems'), 'No problems')

  await keyboard.press('Control+s')
  await byTest(page, 'save_name').waitFor()
  await keyboard.type('made_by_keys')
  await keyboard.press('Tab')
  await keyboard.press('Control+a')
  await keyboard.type('examples')
  await keyboard.press('Enter')
  await keyboard.press('Enter')
  await until('it has its address', () => visitor.path === '/action/examples.made_by_keys')

  await find(page, 'noop1')
  await keyboard.press('r')
  await byTest(page, 'run_dialog').waitFor()
  await keyboard.press('Enter')
  await reachesText(byTest(page, 'run_status'), 'succeeded', 30_000)
  await reachesText(task(page, 'echo'), /2\/2/)
  await reachesText(task(page, 'noop3'), /succeeded/)
  await reachesText(task(page, 'echo2'), /not reached/)
  expect(await world.server.api.actions.entryPoint('examples.made_by_keys')).toContain('join: all')
})

it('undoes, renames, copies whole tasks between workflows and deletes without a mouse (defects rows 7 and 8)', async () => {
  const visitor = await world.visit(TALL)
  const { page } = visitor
  const { keyboard } = page
  await visitor.open('/action/examples.orquesta-data-flow')
  await find(page, 'task1')
  await keyboard.press('F2')
  await byTest(page, 'rename_name').waitFor()
  await keyboard.type('first')
  await byTest(page, 'rename_changes').waitFor()
  await keyboard.press('Enter')
  await focusIsOn(page, 'first')
  await keyboard.press('Control+z')
  await task(page, 'task1').waitFor()

  await find(page, 'task1')
  await keyboard.press('Shift+ArrowDown')
  await byTest(page, 'many_tasks').waitFor()
  await keyboard.press('Control+c')
  const other = await visitor.openTab()
  await visitor.open('/action', other)
  await byTest(other, 'add_first').waitFor()
  await other.keyboard.press('F6')
  await other.keyboard.press('Control+v')
  await task(other, 'task1').waitFor()
  expect(await other.locator('[data-task]').count()).toBe(2)
  await other.keyboard.press('Control+v')
  await until('the copies have names of their own', async () => (await other.locator('[data-task]').count()) === 4)
  await other.keyboard.press('Control+z')
  await until('they are gone', async () => (await other.locator('[data-task]').count()) === 2)

  await page.bringToFront()
  await find(page, 'task2')
  await keyboard.press('Delete')
  await task(page, 'task2').waitFor({ state: 'detached' })
  await keyboard.press('Control+z')
  await task(page, 'task2').waitFor()
  await keyboard.press('Control+y')
  await task(page, 'task2').waitFor({ state: 'detached' })
  await find(page, 'task1')
  await keyboard.press('?')
  await byTest(page, 'keys_dialog').waitFor()
  await keyboard.press('Escape')
  await focusIsOn(page, 'task1')
})

async function addAfter(page: Page, ref: string, name: string): Promise<void> {
  await page.keyboard.press('Tab')
  await chooseAction(page, ref, name)
}

async function chooseAction(page: Page, ref: string, name: string): Promise<void> {
  await byTest(page, 'add_task_search').waitFor()
  await page.keyboard.type(ref)
  await byTest(page, 'add_task').getByRole('option', { name: ref }).first().waitFor()
  await page.keyboard.press('Enter')
  await focusIsOn(page, name)
}

async function find(page: Page, name: string): Promise<void> {
  await page.locator('[data-task]').first().waitFor()
  await page.keyboard.press('Control+f')
  await choose(page, name)
  await focusIsOn(page, name)
}

async function choose(page: Page, name: string): Promise<void> {
  await byTest(page, 'choose_task_search').waitFor()
  await page.keyboard.type(name)
  await byTest(page, 'choose_task').getByRole('option', { name }).first().waitFor()
  await page.keyboard.press('Enter')
  await byTest(page, 'choose_task').waitFor({ state: 'detached' })
}

async function edit(page: Page, name: string): Promise<void> {
  await find(page, name)
  await page.keyboard.press('Enter')
  await until('the focus is in the form', () =>
    page.evaluate<boolean>(`document.activeElement?.closest('.designer-details') != null`),
  )
}

async function tabInto(page: Page, testId: string): Promise<void> {
  for (let stop = 0; stop < MAX_TABS; stop += 1) {
    if (await page.evaluate<boolean>(`document.activeElement?.closest('[data-test="${testId}"]') != null`)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not reach ${testId}`)
}

async function typeInto(page: Page, testId: string, text: string): Promise<void> {
  await tabInto(page, testId)
  await typeText(page, text)
}

/** As somebody pastes it, without what completion would add; then out of the field. */
async function typeText(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+a')
  await page.keyboard.insertText(text)
  await page.keyboard.press('Escape')
  await page.keyboard.press('Tab')
}

async function focusIsOn(page: Page, name: string): Promise<void> {
  await until(`the focus is on ${name}`, () =>
    page.evaluate<boolean>(`document.activeElement?.getAttribute('data-task') === '${name}'`),
  )
}
