import { expect, it } from 'vitest'
import { byTest, reachesStatus, reachesText } from './support/st2.ts'
import { useWorld } from './support/world.ts'

const world = useWorld()
/** Tall enough to see more than one row, too low to see all. */
const LOW = { height: 420 } as const

it('brings the action that a link names into the middle of the list', async () => {
  const visitor = await world.visit(LOW)
  const { page } = visitor
  await visitor.open('/actions/examples.count_words')
  const row = page.getByRole('list', { name: 'Actions' }).locator('[aria-current="true"]')
  await reachesText(row, /^count_words/)
  const offTheMiddle = (): Promise<number> =>
    page.evaluate<number>(`(() => {
      const row = document.querySelector('.rows [aria-current="true"]')
      const box = row.getBoundingClientRect()
      const list = row.closest('.pane-body').getBoundingClientRect()
      return Math.abs(box.top - list.top - (list.bottom - box.bottom))
    })()`)
  // The list comes to rest after it is filled.
  await expect.poll(offTheMiddle, { message: 'px out of the middle', timeout: 15_000 }).toBeLessThan(60)
})

it('says on the row, on the form and on the button that a runner is disabled, and does not choose such an action', async () => {
  const { api } = world.server
  const { items } = await api.actions.list()
  const [first] = items.filter(({ pack }) => pack === 'core').sort((a, b) => a.name.localeCompare(b.name))
  if (first === undefined) throw new Error('core has no actions')
  const runner = await api.runnerTypes.get(first.runner_type)
  await api.runnerTypes.update(runner.name, { ...runner, enabled: false })

  const visitor = await world.visit()
  const { page } = visitor
  await visitor.open('/actions')
  const row = page.getByRole('list', { name: 'Actions' }).getByRole('link', { name: new RegExp(`^${first.name} `) })
  await reachesText(row, new RegExp(`${runner.name} is disabled`))
  await reachesText(byTest(page, 'header_name'), /^core\./)
  expect(await byTest(page, 'header_name').innerText()).not.toBe(first.ref)

  await row.click()
  await reachesText(byTest(page, 'header_name'), first.ref)
  await page.getByText('This action cannot be run.').waitFor()
  const hint = await byTest(page, 'run_submit').getAttribute('aria-describedby')
  expect(await page.locator(`[id="${hint}"]`).textContent()).toBe(
    `Its runner ${runner.name} is disabled on this server.`,
  )
  await byTest(page, 'field:trace-tag').focus()
  await page.keyboard.press('Control+Enter')
  expect(visitor.path).toBe(`/actions/${first.ref}`)
})

it('counts the seconds of a run forward, from less than one, and ends at no less', async () => {
  const visitor = await world.visit()
  const { page } = visitor
  await visitor.open('/actions/core.local')
  await byTest(page, 'field:cmd').fill('sleep 2.3')
  await page.evaluate(`
    window.durations = []
    setInterval(() => {
      const text = document.querySelector('[data-test="execution_time"]')?.textContent
      if (text && text !== window.durations.at(-1)) window.durations.push(text)
    }, 10)
  `)
  await byTest(page, 'run_submit').click()
  await reachesStatus(page, 'succeeded')
  await reachesText(byTest(page, 'execution_time'), /^2\.\d s$/)
  const durations = await page.evaluate<string[]>('window.durations')
  expect(durations.slice(0, -1)).toEqual(['< 1 s', '1 s', '2 s'])
  const turning = page.locator('section[aria-label="Status log"] .spin')
  expect(await turning.count(), 'nothing turns any more').toBe(0)
})
