import { expect, it } from 'vitest'
import { EVERY_KIND } from './support/packs.ts'
import { ADMIN_PASSWORD } from './support/deployment.ts'
import { shoot } from './support/screenshots.ts'
import { byTest, details, field, historyRows, reachesStatus, reachesText, signInByHand } from './support/st2.ts'
import { until } from './support/until.ts'
import { useWorld } from './support/world.ts'

const world = useWorld(EVERY_KIND)

it('takes a person from a deep link over the login to a run, its live output, a re-run, a cancel and out again', async () => {
  const visitor = await world.visit({ session: 'none' })
  const { page } = visitor

  await visitor.open('/actions/core.local')
  await byTest(page, 'login_form').waitFor()
  await shoot(page, '01-login')
  await signInByHand(page, 'not the password')
  await reachesText(page.locator('[data-test="login_form"] .notice'), /invalid|incorrect|password|credentials/i)
  await shoot(page, '02-wrong-password')

  // What was refused is selected: it is typed over.
  await until('the password has the focus', () =>
    page.evaluate<boolean>(`document.activeElement?.getAttribute('name') === 'password'`),
  )
  await page.keyboard.type(ADMIN_PASSWORD)
  await page.keyboard.press('Enter')
  await reachesText(byTest(page, 'header_name'), 'core.local')
  expect(visitor.path).toBe('/actions/core.local')

  await visitor.open('/actions')
  await byTest(page, 'filter').fill('shell command on the server')
  await page
    .getByRole('list', { name: 'Actions' })
    .getByRole('link', { name: /^local / })
    .click()
  await field(page, 'cmd').fill('echo first $ST2_ACTION_EXECUTION_ID')
  await shoot(page, '03-action')
  await byTest(page, 'run_submit').click()
  await reachesStatus(page, 'succeeded')
  const first = await executionId()
  await reachesText(byTest(page, 'action_output'), new RegExp(`first ${first}`))
  expect(visitor.path).toBe(`/history/${first}`)
  await reachesText(historyRows(page).first(), /succeeded[\s\S]*local\s+core/)
  await shoot(page, '04-succeeded')

  await visitor.open('/actions/examples.local_command_runner_print_to_stdout_and_stderr')
  await field(page, 'count').fill('12')
  await field(page, 'sleep_delay').fill('0.3')
  await byTest(page, 'run_submit').click()
  await reachesStatus(page, 'running')
  const output = details(page).getByText('stderr line 2', { exact: true })
  await output.waitFor()
  expect(await byTest(page, 'status').innerText(), 'output is shown while it runs').toBe('running')
  expect(await details(page).getByText('stdout line 11', { exact: true }).count(), 'not the whole of it').toBe(0)
  await reachesText(historyRows(page).first(), /running/)
  await shoot(page, '05-streaming')
  await reachesStatus(page, 'succeeded')
  await reachesText(historyRows(page).first(), /succeeded/)

  await page.reload()
  await reachesStatus(page, 'succeeded')
  await details(page).getByText('stdout line 11', { exact: true }).waitFor()

  await byTest(page, 'rerun_button').click()
  await byTest(page, 'rerun_popup').waitFor()
  expect(visitor.path).toMatch(/^\/history\/[0-9a-f]{24}\/rerun$/)
  await field(byTest(page, 'rerun_popup'), 'count').fill('2')
  await field(byTest(page, 'rerun_popup'), 'sleep_delay').fill('0')
  await shoot(page, '06-rerun')
  const before = await executionId()
  await byTest(page, 'rerun_submit').click()
  await until('another execution is shown', async () => (await executionId()) !== before)
  await reachesStatus(page, 'succeeded')
  await reachesText(byTest(page, 'action_input'), /count\s+2/)
  await byTest(page, 'cause').getByRole('link', { name: before }).waitFor()

  await visitor.open('/actions/core.local')
  await field(page, 'cmd').fill('sleep 300')
  await byTest(page, 'run_submit').click()
  await reachesStatus(page, 'running')
  await until('sleep runs', () => sleeps().length > 0)
  await byTest(page, 'cancel_button').click()
  await reachesStatus(page, 'canceled')
  await reachesText(historyRows(page).first(), /canceled/)
  await until('no sleep is left', () => sleeps().length === 0)
  await reachesText(byTest(page, 'action_output'), /canceled/)
  expect(
    await details(page)
      .getByText(/nothing was printed|no data/i)
      .count(),
    'nothing is said where there is a result',
  ).toBe(0)
  expect(await page.getByText('was started').count(), 'no link to where the page is').toBe(0)
  await shoot(page, '07-canceled')

  await page.getByRole('button', { name: /st2admin/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await byTest(page, 'login_form').waitFor()
  await page.reload()
  await byTest(page, 'login_form').waitFor()

  function executionId(): Promise<string> {
    return byTest(page, 'execution_id').first().innerText()
  }
})

it('shows the exit code and the error output of an action that fails', async () => {
  const visitor = await world.visit()
  const { page } = visitor
  await visitor.open('/actions/core.local')
  await field(page, 'cmd').fill('echo to stdout; echo the disk is on fire >&2; exit 3')
  await byTest(page, 'run_submit').click()
  await reachesStatus(page, 'failed')
  await reachesText(byTest(page, 'action_output'), /exit code 3[\s\S]*the disk is on fire/)
  expect(await byTest(page, 'cancel_button').count(), 'what is over cannot be canceled').toBe(0)
  await shoot(page, '08-failed')
})

it('says what is wrong with every field of a form before anything is sent, and sends the types that were declared', async () => {
  const visitor = await world.visit()
  const { page } = visitor
  let sent = 0
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/executions')) sent += 1
  })
  await visitor.open('/actions/forms.every_kind')
  await byTest(page, 'run_submit').click()
  await reachesText(page.getByRole('status').filter({ hasText: 'To be corrected' }), 'To be corrected: title')

  await field(page, 'title').fill('ab')
  await field(page, 'tries').fill('9')
  await field(page, 'options').fill('{"retry": }')
  await byTest(page, 'run_submit').click()
  await reachesText(page.getByRole('status').filter({ hasText: 'To be corrected' }), /title, tries, options/)
  await field(page, 'tries').fill('many')
  await page.getByText("'many' is not an integer").waitFor()
  await shoot(page, '09-form-errors')
  expect(sent, 'nothing was sent').toBe(0)

  await field(page, 'title').fill('The run')
  await field(page, 'colour').selectOption('blue')
  await page.getByRole('radiogroup', { name: 'careful' }).getByRole('radio', { name: 'true' }).click()
  await field(page, 'tries').fill('4')
  await field(page, 'options').fill('{"retry": {"after": 2}}')
  await field(page, 'names').fill('one, two')
  await byTest(page, 'run_submit').click()
  await reachesStatus(page, 'succeeded')
  expect(sent).toBe(1)
  const { parameters } = await world.server.api.executions.get(await byTest(page, 'execution_id').first().innerText())
  expect(parameters).toMatchObject({
    title: 'The run',
    colour: 'blue',
    careful: true,
    tries: 4,
    options: { retry: { after: 2 } },
    names: ['one', 'two'],
  })
})

it('keeps a secret out of the page once it was sent', async () => {
  const visitor = await world.visit()
  const { page } = visitor
  const secret = 'Zebra-4711-Quagga'
  await visitor.open('/actions/examples.secret_length')
  await field(page, 'user').fill('the librarian')
  await field(page, 'secret').fill(secret)
  expect(await field(page, 'secret').getAttribute('type')).toBe('password')
  await byTest(page, 'run_submit').click()
  await reachesStatus(page, 'succeeded')
  await reachesText(byTest(page, 'action_output'), /has 17 characters/)
  expect(await everythingInThePage()).not.toContain(secret)
  await shoot(page, '10-secret')

  await page.getByRole('link', { name: 'Code', exact: true }).click()
  await byTest(page, 'execution_code').waitFor()
  expect(await everythingInThePage()).not.toContain(secret)

  await byTest(page, 'rerun_button').click()
  await byTest(page, 'rerun_popup').waitFor()
  await byTest(page, 'rerun_preview').click()
  expect(await everythingInThePage()).not.toContain(secret)

  await visitor.open('/history')
  await historyRows(page).first().waitFor()
  expect(await everythingInThePage()).not.toContain(secret)

  /** Markup and what is typed in its fields, which markup does not show; also what the browser was asked to keep. */
  async function everythingInThePage(): Promise<string> {
    return page.evaluate<string>(`[
      document.documentElement.outerHTML,
      ...[...document.querySelectorAll('input, textarea, select')].map((control) => control.value),
      JSON.stringify(localStorage),
      JSON.stringify(sessionStorage),
    ].join('\\n')`)
  }
})

function sleeps() {
  return world.server.processes.filter(({ commandLine }) => commandLine === 'sleep 300')
}
