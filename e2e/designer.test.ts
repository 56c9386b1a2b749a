import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { connect, dragAction, fillExpression, middleOf, task } from './support/designer.ts'
import type { PackFiles } from './support/deployment.ts'
import { shoot } from './support/screenshots.ts'
import { byTest, reachesText, runToEnd } from './support/st2.ts'
import { until } from './support/until.ts'
import { useWorld } from './support/world.ts'

/** Written by hand, oddly, and with what the designer does not draw. */
const ODD = `version: 1.0

description:   Written by hand.
# What is greeted.
input:
    - who: "world"
tasks:
    # This one comes first.
    hello: {action: core.echo message="hi <% ctx(who) %>", next: [{when: <% succeeded() %>, do: bye}]}
    bye:
        action: nowhere.known   # not installed here
        x-owner: somebody
output:
    - greeted: <% ctx(who) %>
`

const EQUAL = `version: 1.0
tasks:
  a:
    action: core.local
    input:
      cmd: 'true'
      timeout: 0
    next:
      - when: <% succeeded() %>
        publish:
          - x: 1
        do: b
      - when: <% succeeded() %>
        publish:
          - x: 1
        do: b
  b:
    action: core.noop
`

const PACK: PackFiles = {
  'drawn/pack.yaml':
    'name: drawn\nref: drawn\ndescription: Drawn.\nversion: 1.0.0\nauthor: tests\nemail: tests@example.com\n',
  'drawn/actions/odd.yaml': `name: odd
pack: drawn
description: Odd.
runner_type: orquesta
entry_point: workflows/odd.yaml
parameters:
  who: {type: string, default: world}
`,
  'drawn/actions/workflows/odd.yaml': ODD,
  'drawn/actions/equal.yaml': `name: equal
pack: drawn
description: Has two transitions that are equal.
runner_type: orquesta
entry_point: workflows/equal.yaml
`,
  'drawn/actions/workflows/equal.yaml': EQUAL,
  'drawn/actions/shared.yaml': `name: shared
pack: drawn
description: Two people work on it.
runner_type: orquesta
entry_point: workflows/shared.yaml
`,
  'drawn/actions/workflows/shared.yaml': `version: 1.0
tasks:
  # [40, 40]
  one:
    action: core.echo message="one"
    next:
      - when: <% succeeded() %>
        publish: said=<% result().stdout %>
        do: two
  # [40, 200]
  two:
    action: core.echo message=<% ctx(said) %>
`,
}

const world = useWorld(PACK)
const TALL = { width: 1280, height: 1000 } as const

it('builds a workflow of eight tasks by mouse, saves it, runs it and watches it', async () => {
  const visitor = await world.visit(TALL)
  const { page } = visitor
  await visitor.open('/actions')
  await byTest(page, 'new_workflow').click()
  await byTest(page, 'add_first').waitFor()

  await dragAction(page, 'core.noop', { x: 190, y: 40 })
  await task(page, 'noop1').waitFor()
  await addAfter(page, 'noop1', 'core.uuid', 'uuid')
  await addAfter(page, 'noop1', 'core.local', 'local')
  await addAfter(page, 'noop1', 'core.echo', 'echo')
  await byTest(page, 'arrange').click()
  await addAfter(page, 'uuid', 'core.noop', 'noop2')
  await byTest(page, 'arrange').click()
  await connect(page, 'local', 'noop2')
  await connect(page, 'echo', 'noop2')
  await addAfter(page, 'noop2', 'core.echo', 'echo1')
  await byTest(page, 'arrange').click()

  // A join, of all that lead there.
  await task(page, 'noop2').click()
  await byTest(page, 'wait_section').locator('summary').click()
  await byTest(page, 'wait_section').getByRole('radio', { name: 'All' }).click()
  await task(page, 'noop2').getByText('join').waitFor()

  // With items, and an expression.
  await task(page, 'echo').click()
  await byTest(page, 'items_section').locator('summary').click()
  await byTest(page, 'items_switch').click()
  await fillExpression(page, 'items', 'place in <% ctx(places) %>')
  await fillExpression(page, 'field:message', 'hello <% item(place) %>')

  // A retry.
  await task(page, 'local').click()
  await fillExpression(page, 'field:cmd', 'test -e /nowhere || exit 0')
  await byTest(page, 'retry_section').locator('summary').click()
  await byTest(page, 'retry_switch').click()
  await fillExpression(page, 'retry_count', '2')

  // A variable that is published, and used.
  await task(page, 'uuid').click()
  await byTest(page, 'publish:0_name').fill('id')
  await byTest(page, 'publish:0_add').click()
  await fillExpression(page, 'publish:0:id', '<% result().result %>')
  await task(page, 'echo1').click()
  await fillExpression(page, 'field:message', 'made <% ctx(id) %>')

  // Two more at the end: what comes after a failure, and what ends it.
  await addAfter(page, 'echo1', 'core.echo', 'echo2')
  await fillExpression(page, 'field:message', 'sorry')
  await task(page, 'echo1').click()
  await byTest(page, 'when:0').selectOption('failed')
  await addAfter(page, 'echo1', 'core.noop', 'noop3')

  await page.getByRole('radio', { name: 'Workflow', exact: true }).click()
  await byTest(page, 'vars_name').fill('places')
  await byTest(page, 'vars_add').click()
  await fillExpression(page, 'vars:places', '[Rome, Oslo]')
  await byTest(page, 'output_name').fill('id')
  await byTest(page, 'output_add').click()
  await byTest(page, 'arrange').click()
  await reachesText(byTest(page, 'problems'), 'No problems')
  await shoot(page, 'designer-built-by-mouse')

  await byTest(page, 'save').click()
  await byTest(page, 'save_pack').fill('examples')
  await byTest(page, 'save_name').fill('made_by_mouse')
  await byTest(page, 'save_submit').click()
  await until('it has its address', () => visitor.path === '/action/examples.made_by_mouse')
  expect(await byTest(page, 'dirty').count()).toBe(0)

  await byTest(page, 'run').click()
  await byTest(page, 'run_submit').click()
  await reachesText(byTest(page, 'run_status'), 'succeeded', 30_000)
  for (const name of ['noop1', 'uuid', 'local', 'echo', 'noop2', 'echo1', 'noop3'])
    await reachesText(task(page, name), /succeeded/)
  await reachesText(task(page, 'echo'), /2\/2/)
  await reachesText(task(page, 'echo2'), /not reached/)
  await shoot(page, 'designer-watched')

  const { items } = await world.server.api.executions.list({ action: 'examples.made_by_mouse', limit: 1 })
  const { result } = await world.server.api.executions.get(items[0]?.id ?? '')
  expect(result).toMatchObject({ output: { id: expect.stringMatching(/^[0-9a-f-]{36}$/) } })
  const text = await world.server.api.actions.entryPoint('examples.made_by_mouse')
  expect(text).toMatch(/join: all/)
  expect(text.match(/do: noop2/g)).toHaveLength(3)
  expect(text).toMatch(/# \[-?\d+, -?\d+\]\n {2}noop1:/)
})

it('shows what it does not know, and changes nothing by opening, undoing and saving (row 7)', async () => {
  const visitor = await world.visit(TALL)
  const { page } = visitor
  await visitor.open('/import/drawn/drawn.odd')
  await task(page, 'bye').waitFor()
  await until('the old address leads to the new one', () => visitor.path === '/action/drawn.odd')
  await reachesText(task(page, 'bye'), /nowhere\.known\s*unknown/)
  await task(page, 'bye').click()
  await page.getByText('This server knows no such action.').waitFor()
  await page.getByText('x-owner').first().waitFor()
  expect(await byTest(page, 'dirty').count()).toBe(0)

  // Moved and taken back: as if nothing had been.
  const { x, y } = await middleOf(task(page, 'bye'))
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x + 60, y + 40, { steps: 5 })
  await page.mouse.up()
  await byTest(page, 'dirty').waitFor()
  await byTest(page, 'undo').click()
  await byTest(page, 'dirty').waitFor({ state: 'detached' })

  await page.getByRole('radio', { name: 'Action', exact: true }).click()
  await byTest(page, 'action_description').fill('Odd as ever.')
  await byTest(page, 'action_description').blur()
  await page.keyboard.press('Control+s')
  await byTest(page, 'save_dialog').getByText('No change.').waitFor()
  await byTest(page, 'save_submit').click()
  await byTest(page, 'dirty').waitFor({ state: 'detached' })
  expect(await world.server.api.actions.entryPoint('drawn.odd')).toBe(ODD)
  expect((await world.server.api.actions.get('drawn.odd')).description).toBe('Odd as ever.')

  // Under another name, which goes again.
  await page.keyboard.press('Control+Shift+s')
  await byTest(page, 'save_name').fill('odd_twin')
  await byTest(page, 'save_submit').click()
  await until('it has an address of its own', () => visitor.path === '/action/drawn.odd_twin')
  expect(await world.server.api.actions.entryPoint('drawn.odd_twin')).toBe(ODD)
  const saved = byTest(page, 'toast').getByText('drawn.odd_twin saved.')
  await saved.waitFor()
  const bar = await page.locator('.topbar').boundingBox()
  const toast = await byTest(page, 'toast').boundingBox()
  expect((toast?.y ?? 99) + (toast?.height ?? 0), 'nothing below the top bar is covered').toBeLessThan(bar?.height ?? 0)
  await page.keyboard.press('Control+Shift+s')
  await byTest(page, 'save_name').fill('odd')
  await byTest(page, 'save_submit').click()
  await byTest(page, 'save_dialog').getByText('There is an action drawn.odd already.').waitFor()
  // It is another workflow now.
  await saved.waitFor({ state: 'detached', timeout: 1000 })
  expect(await byTest(page, 'save_dialog').textContent(), 'no words of the store').not.toMatch(/duplicate|\{/)
  await byTest(page, 'save_name').fill('odd_other')
  await byTest(page, 'save_dialog').getByText('There is an action drawn.odd already.').waitFor({ state: 'detached' })
  await page.keyboard.press('Escape')
  await byTest(page, 'undo').click()
  await byTest(page, 'dirty').waitFor({ state: 'detached' })

  // What is known to be wrong is said before it runs, and all of it after.
  await byTest(page, 'run').click()
  await byTest(page, 'known_problems').getByText('nowhere.known').waitFor()
  await shoot(page, 'designer-known-problems')
  await byTest(page, 'run_submit').click()
  await byTest(page, 'run_errors').getByText('nowhere.known').waitFor()
  await byTest(page, 'run_close').click()

  await byTest(page, 'designer_more').click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await byTest(page, 'delete_submit').click()
  await until('the list is shown', () => visitor.path.startsWith('/actions'))
  await expect(world.server.api.actions.get('drawn.odd_twin')).rejects.toThrow(/odd_twin/)
})

it('shows zeros (defects row 6); edits the second of two equal transitions, and takes publish and when away (row 7)', async () => {
  const visitor = await world.visit(TALL)
  const { page } = visitor
  await visitor.open('/action/drawn.equal')
  await task(page, 'a').click()
  await reachesText(byTest(page, 'field:timeout').locator('.cm-content'), '0')
  const second = byTest(page, 'transition:1')
  await second.getByRole('button', { name: 'Remove x' }).click()
  await byTest(page, 'publish:1:x').waitFor({ state: 'detached' })
  await byTest(page, 'when:1').selectOption('always')
  await byTest(page, 'condition:1').waitFor({ state: 'detached' })
  await byTest(page, 'save').click()
  await byTest(page, 'save_submit').click()
  await byTest(page, 'dirty').waitFor({ state: 'detached' })
  const text = await world.server.api.actions.entryPoint('drawn.equal')
  expect(text).toBe(EQUAL.replace(/(do: b\n)[^]*?do: b\n/, '$1      - do: b\n'))
})

it('tells the second of two tabs that the first one saved, and loses neither (row 7)', async () => {
  const visitor = await world.visit(TALL)
  const mine = visitor.page
  await visitor.open('/action/drawn.shared')
  const theirs = await visitor.openTab()
  await visitor.open('/action/drawn.shared', theirs)
  for (const page of [mine, theirs]) await task(page, 'two').waitFor()

  await theirs.bringToFront()
  await task(theirs, 'one').click()
  await fillExpression(theirs, 'field:message', 'theirs')
  await save(theirs)
  await byTest(theirs, 'dirty').waitFor({ state: 'detached' })

  await mine.bringToFront()
  await task(mine, 'two').click()
  await byTest(mine, 'delete_task').click()
  await save(mine)
  const dialog = byTest(mine, 'conflict_dialog')
  await dialog.getByText('its workflow file').waitFor()
  await dialog.getByText('message="theirs"').first().waitFor()
  await shoot(mine, 'designer-conflict')
  await byTest(mine, 'conflict_stay').click()
  await byTest(mine, 'dirty').waitFor()

  // Theirs is taken, and what was mine is one undo away.
  await save(mine)
  await byTest(mine, 'conflict_take').click()
  await task(mine, 'two').waitFor()
  expect(await byTest(mine, 'dirty').count()).toBe(0)
  await byTest(mine, 'undo').click()
  await task(mine, 'two').waitFor({ state: 'detached' })
  await save(mine)
  await byTest(mine, 'dirty').waitFor({ state: 'detached' })
  expect(await world.server.api.actions.entryPoint('drawn.shared')).not.toContain('two:')

  // The other one saves over it on purpose.
  await theirs.bringToFront()
  await task(theirs, 'one').click()
  await fillExpression(theirs, 'field:message', 'over')
  await save(theirs)
  await byTest(theirs, 'conflict_overwrite').click()
  await byTest(theirs, 'dirty').waitFor({ state: 'detached' })
  expect(await world.server.api.actions.entryPoint('drawn.shared')).toContain('message="over"')
})

it('keeps the last good picture while the text has a mistake, marks it, and loses nothing typed', async () => {
  const visitor = await world.visit(TALL)
  const { page } = visitor
  await visitor.open('/action/examples.orquesta-sequential')
  await task(page, 'task1').waitFor()
  const tasks = await page.locator('[data-task]').count()
  await byTest(page, 'toggle_code').click()
  await page.locator('.cm-line', { hasText: 'tasks:' }).first().click()
  await page.keyboard.press('Home')
  await page.keyboard.insertText('  oops: [')
  await reachesText(byTest(page, 'text_fault'), /of the workflow cannot be read/)
  expect(await page.locator('[data-task]').count()).toBe(tasks)
  await byTest(page, 'text_fault').getByRole('button', { name: 'Go there' }).click()
  await page.locator('.cm-line', { hasText: 'oops: [' }).waitFor()
  await page.getByRole('radio', { name: 'Task', exact: true }).click()
  await task(page, 'task1').click()
  await page.getByText('Until it is put right, forms change nothing.').waitFor()
  await byTest(page, 'undo').click()
  await byTest(page, 'text_fault').waitFor({ state: 'detached' })
  expect(await byTest(page, 'dirty').count()).toBe(0)
})

it('keeps what could not be saved, and offers it when the workflow is opened again', async () => {
  const visitor = await world.visit(TALL)
  const { page } = visitor
  await visitor.open('/action/examples.orquesta-basic')
  await task(page, 'task1').click()
  await fillExpression(page, 'field:cmd', 'echo kept')
  visitor.expectServerAway()
  await page.context().setOffline(true)
  await save(page)
  await byTest(page, 'save_dialog').getByText('The server did not answer').waitFor()
  await page.keyboard.press('Escape')
  await byTest(page, 'save_unreachable').waitFor()
  await page.context().setOffline(false)

  const again = await visitor.openTab()
  await visitor.open('/action/examples.orquesta-basic', again)
  await byTest(again, 'draft_notice').waitFor()
  await byTest(again, 'draft_restore').click()
  await save(again)
  await byTest(again, 'dirty').waitFor({ state: 'detached' })
  expect(await world.server.api.actions.entryPoint('examples.orquesta-basic')).toContain('echo kept')

  // The same request again, from where it failed: somebody else saved meanwhile, with the same outcome.
  await byTest(page, 'save_unreachable').getByRole('button', { name: 'Save again' }).click()
  await byTest(page, 'dirty').waitFor({ state: 'detached' })
})

it('is done with a save when the server is, and keeps what was typed meanwhile', async () => {
  const visitor = await world.visit(TALL)
  const { page } = visitor
  await visitor.open('/action/examples.orquesta-sequential')
  await task(page, 'task2').click()
  await fillExpression(page, 'field:message', 'saved')

  // The list of all actions takes its time: nobody who saves waits for it.
  const list = await holdBack(page, 'GET', '/v1/actions')
  const request = await holdBack(page, 'PUT', '/v1/actions/examples.orquesta-sequential')
  await save(page)
  await page.keyboard.press('Escape')
  await fillExpression(page, 'field:message', 'typed meanwhile')
  const draft = () => page.evaluate<string>('JSON.stringify({ ...localStorage })')
  await until('it is kept', async () => (await draft()).includes('typed meanwhile'))
  request.letGo()
  await byTest(page, 'toast').getByText('orquesta-sequential saved.').waitFor()
  expect(await draft(), 'it is not on the server').toContain('typed meanwhile')
  expect(await byTest(page, 'dirty').count()).toBe(1)

  await save(page)
  await byTest(page, 'dirty').waitFor({ state: 'detached' })
  await page.keyboard.press('Control+Shift+s')
  await byTest(page, 'save_name').waitFor()
  list.letGo()
  expect(await draft()).not.toContain('typed meanwhile')
  expect(await world.server.api.actions.entryPoint('examples.orquesta-sequential')).toContain('typed meanwhile')
})

it('stays where it is when somebody goes back, or types an address, and thinks better of it', async () => {
  const visitor = await world.visit(TALL)
  const { page } = visitor
  await visitor.open('/actions/core.local')
  // As by a typed address: the browser makes this entry of the history itself.
  await page.evaluate(`location.hash = '#/action/examples.orquesta-basic'`)
  await task(page, 'task1').click()
  await fillExpression(page, 'field:cmd', 'echo stays')
  await byTest(page, 'dirty').waitFor()
  const guard = page.getByRole('dialog', { name: 'Leave without saving?' })
  const away = [() => page.goBack(), () => page.evaluate(`location.hash = '#/rules'`)]
  for (const leave of away) {
    await leave()
    await guard.getByRole('button', { name: 'Stay' }).click()
    await guard.waitFor({ state: 'detached' })
    await until('the address is as before', () => visitor.path === '/action/examples.orquesta-basic')
    await reachesText(byTest(page, 'field:cmd').locator('.cm-content'), 'echo stays')
  }
  await byTest(page, 'undo').click()
  await byTest(page, 'dirty').waitFor({ state: 'detached' })
  await page.goBack()
  await until('nothing is asked when nothing is lost', () => visitor.path.startsWith('/actions/core.local'))

  const start = performance.now()
  await page.evaluate(`location.hash = '#/action/core.local'`)
  await page.getByText('This action is no workflow').waitFor()
  expect(performance.now() - start, 'an answer is not asked for again').toBeLessThan(2500)
})

it('simulates what is not saved, step by step and back, and tries expressions against a past run', async () => {
  const visitor = await world.visit(TALL)
  const { page } = visitor
  await runToEnd(world.server, 'examples.orquesta-join', {})
  const before = (await world.server.api.executions.list({ limit: 1 })).total
  await visitor.open('/action/examples.orquesta-join')
  await task(page, 'task1').waitFor()
  await byTest(page, 'simulate').click()
  await byTest(page, 'run_submit').click()
  const waiting = (name: string) => page.locator(`[data-waiting="${name}"]`)
  await waiting('task1').getByRole('button', { name: 'task1 succeeds' }).click()
  await waiting('task4').waitFor()
  await waiting('task2').getByRole('textbox').fill('{stdout: fee}')
  await waiting('task2').getByRole('button', { name: 'task2 succeeds' }).click()
  await reachesText(task(page, 'task2'), /succeeded/)
  await waiting('task4').getByRole('button', { name: 'task4 fails' }).click()
  await reachesText(task(page, 'task4'), /failed/)
  await shoot(page, 'designer-simulated')
  await byTest(page, 'simulation_back').click()
  await reachesText(task(page, 'task4'), /running/)
  for (const name of ['task4', 'task3', 'task5']) {
    await waiting(name).getByRole('textbox').fill('{stdout: x}')
    await waiting(name)
      .getByRole('button', { name: `${name} succeeds` })
      .click()
  }
  await byTest(page, 'simulation_rest').click()
  await reachesText(byTest(page, 'simulation_status'), 'succeeded')
  await byTest(page, 'simulation_output').getByText('"fee"').waitFor()
  await byTest(page, 'simulation_close').click()
  expect((await world.server.api.executions.list({ limit: 1 })).total, 'nothing ran').toBe(before)

  await byTest(page, 'designer_more').click()
  await page.getByRole('menuitem', { name: 'Try expressions' }).click()
  await byTest(page, 'playground_step').waitFor()
  await tryExpression(page, '<% ctx(msg1) + "!" %>')
  await byTest(page, 'playground_value').getByText('Fee fi fo fum!').waitFor()
  await tryExpression(page, '<% ctx(nothing) %>')
  await byTest(page, 'playground_error').waitFor()
})

it('moves several tasks at once, and edits a transition where it is drawn', async () => {
  const visitor = await world.visit(TALL)
  const { page } = visitor
  await visitor.open('/action/examples.orquesta-join')
  await task(page, 'task5').waitFor()
  const box = await page.locator('.design-canvas').boundingBox()
  if (box === null) throw new Error('there is no canvas')
  await page.keyboard.down('Shift')
  await page.mouse.move(box.x + 8, box.y + 8)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width - 8, box.y + box.height - 60, { steps: 6 })
  await page.mouse.up()
  await page.keyboard.up('Shift')
  await reachesText(byTest(page, 'many_tasks'), /^6 tasks/)
  const start = await middleOf(task(page, 'task1'))
  await page.mouse.move(start.x, start.y)
  await page.mouse.down()
  await page.mouse.move(start.x + 45, start.y + 40, { steps: 6 })
  await page.mouse.up()
  await byTest(page, 'dirty').waitFor()
  await byTest(page, 'toggle_code').click()
  await until(
    'each has its position on the grid',
    async () => (await page.locator('.cm-line', { hasText: /# \[-?\d*0, -?\d*0\]/ }).count()) >= 4,
  )
  await byTest(page, 'undo').click()
  await byTest(page, 'dirty').waitFor({ state: 'detached' })

  await byTest(page, 'toggle_code').click()
  await page.locator('[data-transition="task2>0>task3"]').click()
  await page.getByRole('group', { name: 'Transition 1 of task2' }).getByRole('combobox').selectOption('failed')
  await byTest(page, 'dirty').waitFor()
  await page.getByRole('button', { name: 'Put a task in between' }).click()
  await byTest(page, 'add_task_search').fill('core.noop')
  await page.keyboard.press('Enter')
  await task(page, 'noop1').waitFor()
  expect(await page.locator('.react-flow__edge[data-id="noop1>0>task3"]').count()).toBe(1)
})

async function tryExpression(page: Page, text: string): Promise<void> {
  await byTest(page, 'playground_expression').locator('[role="textbox"]').click()
  await page.keyboard.press('Control+a')
  await page.keyboard.insertText(text)
}

/** Requests of a kind are not answered before they are let go. */
async function holdBack(page: Page, method: string, path: string): Promise<{ letGo: () => void }> {
  const { promise, resolve } = Promise.withResolvers<void>()
  await page.route(
    ({ pathname }) => pathname.endsWith(path),
    async (route) => {
      if (route.request().method() === method) await promise
      await route.continue()
    },
  )
  return { letGo: resolve }
}

async function save(page: Page): Promise<void> {
  await byTest(page, 'save').click()
  await byTest(page, 'save_submit').click()
}

async function addAfter(page: Page, after: string, ref: string, name: string): Promise<void> {
  await task(page, after).hover()
  await byTest(page, `add_after:${after}`).click()
  await byTest(page, 'add_task_search').fill(ref)
  await page.keyboard.press('Enter')
  await task(page, name).waitFor()
}
