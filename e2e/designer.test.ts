import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { connect, dragAction, fillExpression, middleOf, task } from './support/designer.ts'
import type { PackFiles } from './support/deployment.ts'
import { shoot } from './support/screenshots.ts'
import { byTest, reachesText } from './support/st2.ts'
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

it('shows what it does not know, and changes nothing by opening, undoing and saving', async () => {
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
})

async function addAfter(page: Page, after: string, ref: string, name: string): Promise<void> {
  await task(page, after).hover()
  await byTest(page, `add_after:${after}`).click()
  await byTest(page, 'add_task_search').fill(ref)
  await page.keyboard.press('Enter')
  await task(page, name).waitFor()
}
