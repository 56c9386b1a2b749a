import { expect, it } from 'vitest'
import { byTest, details, reachesText } from './support/st2.ts'
import { until } from './support/until.ts'
import { useWorld } from './support/world.ts'

const world = useWorld()
const LISTED = 'section[aria-label="Trigger instances"]'

it('finds a type by what belongs to it, and keeps the words in the address', async () => {
  const visitor = await world.visit()
  const { page } = visitor
  await visitor.open('/triggers')
  await byTest(page, 'filter').fill('InboxSensor')
  await reachesText(
    page.locator('section[aria-label="Triggers"] .pane-foot [role="status"]'),
    /^1 of \d+ trigger types$/,
  )
  expect(visitor.path).toBe('/triggers?q=InboxSensor')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await reachesText(byTest(page, 'header_name'), 'examples.file_arrived')
})

it('gives a webhook ready to be called, and the call arrives', async () => {
  const { server } = world
  await server.api.rules.create({
    name: 'called',
    enabled: true,
    trigger: { type: 'core.st2.webhook', parameters: { url: '/called/' } },
    action: { ref: 'core.noop' },
  })
  const visitor = await world.visit()
  const { page } = visitor
  await visitor.open('/triggers/core.st2.webhook')
  const trigger = details(page).locator('[data-trigger]').filter({ hasText: 'Webhook /called/' })
  await reachesText(byTest(trigger, 'webhook_url'), `${server.url}/api/v1/webhooks/called`)
  await trigger.getByRole('button', { name: 'curl' }).click()
  await page.getByText('Command copied').waitFor()
  const copied = await page.evaluate<string>('navigator.clipboard.readText()')
  expect(copied).toContain(`curl -X POST ${server.url}/api/v1/webhooks/called`)
  expect(copied, 'the token is a variable').toContain('"X-Auth-Token: $ST2_AUTH_TOKEN"')
  await details(page).getByRole('link', { name: 'default.called' }).waitFor()

  await server.api.webhooks.send('called', { hello: 'there' })
  await trigger.getByRole('link', { name: 'Instances' }).click()
  await reachesText(page.locator(`${LISTED} [data-instance]`), /webhook called[\s\S]*\{"hello":"there"\}/)
})

it('switches a sensor on and off', async () => {
  const { api } = world.server
  const visitor = await world.visit()
  const { page } = visitor
  await visitor.open('/triggers/examples.fibonacci')
  const sensor = page.getByRole('switch')
  await until('it is off', async () => (await sensor.getAttribute('aria-checked')) === 'false')
  await sensor.click()
  await until('it is on', async () => (await sensor.getAttribute('aria-checked')) === 'true')
  const stored = () => api.sensorTypes.get('examples.FibonacciSensor')
  await until('the server knows', async () => (await stored()).enabled)
  await sensor.click()
  await until('the server knows that it is off', async () => !(await stored()).enabled)
  expect(await sensor.getAttribute('aria-checked')).toBe('false')
})

it('filters instances by trigger, status and time, and each filter can be taken off', async () => {
  const { api } = world.server
  const rule = async (name: string) => {
    const made = await api.rules.create({
      name,
      enabled: true,
      trigger: { type: 'core.st2.webhook', parameters: { url: name } },
      action: { ref: 'core.noop' },
    })
    if (typeof made.trigger === 'string') throw new Error('a new rule has a trigger')
    await api.webhooks.send(name, { name })
    return made.trigger.ref
  }
  const one = await rule('one')
  await rule('two')
  const visitor = await world.visit()
  const { page } = visitor
  await visitor.open('/triggers/instances?trigger_type=core.st2.webhook&last=1h')
  const rows = page.locator(`${LISTED} [data-instance]`)
  await until('both are there', async () => {
    const said = (await rows.allInnerTexts()).join()
    return said.includes('webhook one') && said.includes('webhook two') && !said.includes('every')
  })
  await page.getByRole('button', { name: 'More filters' }).click()
  await page.getByRole('dialog', { name: 'Filters' }).getByLabel('Trigger', { exact: true }).selectOption(one)
  await page.getByRole('button', { name: 'Apply' }).click()
  await until('one is left', async () => (await rows.count()) === 1)
  await page.getByRole('radiogroup', { name: 'Status' }).getByRole('radio', { name: 'failed' }).click()
  await page.getByText('Nothing that happened matches these filters').waitFor()
  expect(visitor.path).toBe(
    `/triggers/instances?trigger=${one}&trigger_type=core.st2.webhook&status=processing_failed&last=1h`,
  )
  await page.getByRole('radiogroup', { name: 'Status' }).getByRole('radio', { name: 'All' }).click()
  await page.getByRole('button', { name: 'Remove the filter webhook one' }).click()
  await until('both again', async () => (await rows.count()) >= 2)
  await page.getByRole('link', { name: 'Types' }).click()
  await until('the types', () => visitor.path === '/triggers')
})

it('shows no credentials that a request carried', async () => {
  const { server } = world
  await server.api.rules.create({
    name: 'guarded',
    enabled: true,
    trigger: { type: 'core.st2.webhook', parameters: { url: 'guarded' } },
    action: { ref: 'core.noop' },
  })
  const { token } = await server.login()
  const response = await fetch(`${server.url}/api/v1/webhooks/guarded`, {
    method: 'POST',
    headers: { 'x-auth-token': token, authorization: 'Basic aHVudGVyMg==', 'content-type': 'application/json' },
    body: '{"a": 1}',
  })
  expect(response.status).toBe(202)
  const visitor = await world.visit()
  const { page } = visitor
  await visitor.open('/triggers/instances?trigger_type=core.st2.webhook')
  await page.locator(`${LISTED} [data-instance]`).first().click()
  await details(page).getByRole('tree').getByText('Authorization').first().waitFor()
  expect(await page.content()).not.toContain('aHVudGVyMg==')
  expect(await page.content()).not.toContain(token)
})

it('says that there is no such instance, and no such type', async () => {
  const visitor = await world.visit()
  const { page } = visitor
  await visitor.open('/triggers/instances/0123456789abcdef01234567')
  await details(page).getByText('There is no such trigger instance').waitFor()
  await visitor.open('/triggers/no.such')
  await details(page).getByText('There is no such trigger type').waitFor()
  expect(await details(page).getByText('no.such', { exact: true }).isVisible()).toBe(true)
})
