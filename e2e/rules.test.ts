import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { ADMIN_PASSWORD } from './support/deployment.ts'
import { byTest, details, field, reachesStatus, reachesText } from './support/st2.ts'
import { until } from './support/until.ts'
import { useWorld } from './support/world.ts'

const world = useWorld({
  'vault/pack.yaml': `name: vault
ref: vault
description: An action with a secret.
version: 1.0.0
author: tests
email: tests@example.com
`,
  'vault/actions/unlock.yaml': `name: unlock
pack: vault
runner_type: noop
enabled: true
entry_point: ""
parameters:
  door: { type: string, required: true }
  pin: { type: string, secret: true }
`,
})

const PUSH = { ref: 'refs/heads/main', pusher: { name: 'octocat' }, size: 3 }
const LISTED = 'section[aria-label="Rules"]'

it('makes a webhook rule in the browser; the webhook runs its action, whose execution names its cause', async () => {
  const { server } = world
  const visitor = await world.visit()
  const { page } = visitor
  await visitor.open('/rules')
  await byTest(page, 'rule_create').click()
  await byTest(page, 'rule_create_name').fill('greet')
  await choose(page, 'rule_create_trigger', 'webhook', /^core\.st2\.webhook/)
  await field(page, 'url').fill('hello/world')
  await reachesText(byTest(page, 'webhook_url'), /\/api\/v1\/webhooks\/hello\/world$/)

  await byTest(page, 'add_criterion_trigger').click()
  await byTest(page, 'criterion_key').fill('trigger.body.size')
  await byTest(page, 'criterion_operator').selectOption('greaterthan')
  expect(await byTest(page, 'criterion_kind').inputValue(), 'numbers are compared').toBe('number')
  await byTest(page, 'criterion_pattern').fill('2')

  await choose(page, 'rule_create_action', 'core.echo', /^core\.echo/)
  await field(page, 'message').fill('Hello {{ trigger.body.pusher.name }}')
  await byTest(page, 'rule_create_submit').click()
  await until('the rule is shown', () => visitor.path === '/rules/default.greet')
  await reachesText(byTest(page, 'condition_if'), /a request arrives at the webhook hello\/world/)
  await reachesText(byTest(page, 'condition_then'), /core\.echo/)
  expect((await server.api.rules.get('default.greet')).criteria).toEqual({
    'trigger.body.size': { type: 'greaterthan', pattern: 2 },
  })

  await server.api.webhooks.send('hello/world', PUSH)
  await page.getByRole('link', { name: 'Enforcements' }).click()
  await details(page).getByRole('link', { name: 'core.echo' }).click({ timeout: 30_000 })
  await reachesStatus(page, 'succeeded')
  await reachesText(byTest(page, 'action_output'), /Hello octocat/)
  await reachesText(byTest(page, 'cause_rule'), 'default.greet')
  await byTest(page, 'cause_instance').click()
  await reachesText(byTest(page, 'header_name'), 'webhook hello/world')
  await reachesText(byTest(page, 'rule_verdicts'), /fired\s+default\.greet\s+core\.echo\s+succeeded/)
  await byTest(page, 'rule_verdicts').getByRole('link', { name: 'default.greet' }).click()
  await until('the rule again', () => visitor.path === '/rules/default.greet')
})

it('edits a rule, as a form and as YAML at once, and switches it off in the list', async () => {
  const { api } = world.server
  await rule('edited', { url: 'edited' }, { 'trigger.body.name': { type: 'equals', pattern: 'st2' } })
  const visitor = await world.visit()
  const { page } = visitor
  await visitor.open('/rules/default.edited')
  await byTest(page, 'rule_edit').click()
  const yaml = byTest(page, 'rule_yaml')
  await until('the text is there', async () => (await yaml.inputValue()).includes('pattern: st2'))
  await byTest(page, 'criterion_pattern').fill('st3')
  await until('the text follows the form', async () => (await yaml.inputValue()).includes('pattern: st3'))
  await yaml.fill((await yaml.inputValue()).replace('pattern: st3', 'pattern: [3, true]').replace('equals', 'inside'))
  await until('the form follows the text', async () => (await byTest(page, 'criterion_kind').inputValue()) === 'json')
  expect(await byTest(page, 'criterion_operator').inputValue()).toBe('inside')
  await yaml.fill('name: [')
  await page.getByText('The form is as it was before.').waitFor()
  await page.getByRole('button', { name: 'Undo' }).click()
  await byTest(page, 'rule_save_submit').click()
  await until('it is saved', () => visitor.path === '/rules/default.edited')
  expect((await api.rules.get('default.edited')).criteria).toEqual({
    'trigger.body.name': { type: 'inside', pattern: [3, true] },
  })

  await visitor.open('/rules?pack=default&enabled=true')
  await page.locator(`${LISTED} [data-test="switch:default.edited"]`).click()
  await page.locator(`${LISTED} [data-rule="default.edited"]`).waitFor({ state: 'detached' })
  expect((await api.rules.get('default.edited')).enabled).toBe(false)
  await page.getByRole('radiogroup', { name: 'Enabled' }).getByRole('radio', { name: 'Off' }).click()
  await page.locator(`${LISTED} [data-rule="default.edited"]`).waitFor()
  expect(visitor.path).toBe('/rules?pack=default&enabled=false')
})

it('finds rules by words, and keeps the filters in the address', async () => {
  await rule('findable', { url: 'somewhere' }, {})
  const visitor = await world.visit()
  const { page } = visitor
  await visitor.open('/rules')
  await byTest(page, 'filter').fill('FINDABLE webhook')
  await reachesText(page.locator(`${LISTED} .pane-foot [role="status"]`), /^1 of \d+ rules$/)
  await until(
    'the address has the words',
    () => visitor.path === '/rules?q=FINDABLE+webhook' || visitor.path === '/rules?q=FINDABLE webhook',
  )
  await page.reload()
  await reachesText(page.locator(`${LISTED} .pane-foot [role="status"]`), /^1 of \d+ rules$/)
  await byTest(page, 'filter').fill('no such rule at all')
  await page.getByText('No rule matches these filters').waitFor()
  await page.getByRole('link', { name: 'Show all rules' }).click()
  await page.locator(`${LISTED} [data-rule]`).first().waitFor()
  expect(visitor.path).toBe('/rules')
})

it('says which criterion failed and with which values, at the event and in a trial', async () => {
  const { api } = world.server
  const { trigger } = await rule(
    'picky',
    { url: 'picky' },
    {
      'trigger.body.ref': { type: 'startswith', pattern: 'refs/heads/' },
      'trigger.body.size': { type: 'greaterthan', pattern: 10 },
    },
  )
  await api.webhooks.send('picky', PUSH)
  const id = await instanceOf(trigger)
  const visitor = await world.visit()
  const { page } = visitor
  await visitor.open(`/triggers/instances/${id}`)
  await reachesText(byTest(page, 'why_not'), 'trigger.body.size is greater than 10 does not hold')
  await byTest(page, 'rule_verdicts').getByRole('button', { name: 'Why' }).click()
  await reachesText(byTest(page, 'failing_criterion'), /In the event\s+3\s+Wanted\s+10/)

  await visitor.open('/rules/default.picky')
  await byTest(page, 'try_submit').click()
  await reachesText(byTest(page, 'rule_test_verdict'), 'no match')
  await page.getByRole('button', { name: 'Edit its payload' }).click()
  const payload = byTest(page, 'try_payload')
  await payload.fill((await payload.inputValue()).replace('"size": 3', '"size": 11'))
  await byTest(page, 'try_submit').click()
  await reachesText(byTest(page, 'rule_test_verdict'), 'matched')
  await payload.fill('{"body": ')
  await byTest(page, 'try_it')
    .locator('.field-error')
    .getByText(/^Not JSON: /)
    .waitFor()
  expect(await byTest(page, 'try_submit').getAttribute('aria-disabled')).toBe('true')
})

it('lets an event happen once more', async () => {
  const { api } = world.server
  const { trigger } = await rule('again', { url: 'again' }, {})
  await api.webhooks.send('again', PUSH)
  const id = await instanceOf(trigger)
  const visitor = await world.visit()
  const { page } = visitor
  await visitor.open(`/triggers/instances/${id}`)
  await reachesText(byTest(page, 'status'), 'processed')
  await byTest(page, 're_emit').click()
  await page.getByRole('link', { name: 'Show the new instance' }).click()
  await until('another instance is shown', () => visitor.path !== `/triggers/instances/${id}`)
  await details(page).getByRole('link', { name: id }).waitFor()
  await reachesText(byTest(page, 'rule_verdicts'), /fired\s+default\.again\s+core\.echo/)
  const { items } = await api.ruleEnforcements.list({ rule_ref: 'default.again' })
  expect(items).toHaveLength(2)
})

it('says what the server refuses at the field it is about', async () => {
  const { api } = world.server
  await rule('taken', { url: 'taken' }, {})
  const visitor = await world.visit()
  const { page } = visitor
  await visitor.open('/rules/new?trigger=core.st2.CronTimer&action=core.noop')
  await byTest(page, 'rule_create_submit').click()
  await page.getByText('A rule needs a name.').waitFor()
  await byTest(page, 'rule_create_name').fill('taken')
  await field(page, 'hour').fill('25')
  await page.getByText('25 is greater than the maximum of 23').waitFor()
  await field(page, 'hour').fill('22-25')
  await byTest(page, 'rule_create_submit').click()
  const hour = field(page, 'hour')
  await until('the hour is marked', async () => (await hour.getAttribute('aria-invalid')) === 'true')
  await page.getByText('Error validating expression').first().waitFor()
  await hour.fill('4')
  await byTest(page, 'rule_create_submit').click()
  await page.getByText('There is a rule default.taken already. Choose another name, or edit that one.').waitFor()
  await byTest(page, 'rule_create_name').fill('free')
  await byTest(page, 'rule_create_submit').click()
  await until('it is stored', () => visitor.path === '/rules/default.free')
  await reachesText(byTest(page, 'condition_if'), /at 04:00, every day/)
  expect((await api.rules.get('default.free')).trigger).toMatchObject({ parameters: { hour: 4 } })
})

it('does not save over what somebody else changed meanwhile, unless told to', async () => {
  const { api } = world.server
  await rule('shared', { url: 'shared' }, {})
  const visitor = await world.visit()
  const { page } = visitor
  await visitor.open('/rules/default.shared/edit')
  await byTest(page, 'rule_create_description').fill('mine')
  const stored = await api.rules.get('default.shared')
  await api.rules.update(stored.id, { ...requestOf(stored), description: 'theirs' })
  await byTest(page, 'rule_save_submit').click()
  await page.getByText('Somebody else changed this rule meanwhile.').waitFor()
  expect((await api.rules.get('default.shared')).description).toBe('theirs')
  await byTest(page, 'rule_overwrite').click()
  await until('it is saved', () => visitor.path === '/rules/default.shared')
  expect((await api.rules.get('default.shared')).description).toBe('mine')
})

it('never brings a secret into the page, and keeps it when something else is edited', async () => {
  const { api } = world.server
  await api.rules.create({
    name: 'secretive',
    trigger: { type: 'core.st2.webhook', parameters: { url: 'secretive' } },
    action: { ref: 'vault.unlock', parameters: { door: 'front', pin: 'hunter2' } },
    enabled: true,
  })
  const visitor = await world.visit()
  const { page } = visitor
  for (const path of ['', '/code', '/edit']) {
    await visitor.open(`/rules/default.secretive${path}`)
    await page
      .getByText(path === '/edit' ? 'Edit default.secretive' : 'default.secretive')
      .first()
      .waitFor()
    expect(await page.content()).not.toContain('hunter2')
  }
  expect(await byTest(page, 'rule_yaml').inputValue()).toContain("pin: '********'")
  await field(page, 'door').fill('back')
  await byTest(page, 'rule_save_submit').click()
  await until('it is saved', () => visitor.path === '/rules/default.secretive')
  const { items } = await api.rules.list({ name: 'secretive', show_secrets: true })
  expect(items[0]?.action.parameters).toEqual({ door: 'back', pin: 'hunter2' })
})

it('asks before what was typed is lost, and asks for the password without losing it', async () => {
  const { token } = await world.server.login(12)
  const visitor = await world.visit({ session: { token } })
  const { page } = visitor
  await visitor.open('/rules/new?action=core.noop')
  await choose(page, 'rule_create_trigger', 'webhook', /^core\.st2\.webhook/)
  await field(page, 'url').fill('kept')
  await byTest(page, 'rule_create_name').fill('kept')
  await page.getByRole('link', { name: 'History', exact: true }).click()
  const guard = page.getByRole('dialog', { name: 'Leave without saving?' })
  await guard.getByRole('button', { name: 'Stay' }).click()
  await guard.waitFor({ state: 'detached' })
  expect(await byTest(page, 'rule_create_name').inputValue()).toBe('kept')

  // It comes by itself when the token is over.
  const dialog = page.getByRole('dialog', { name: 'Your session has expired' })
  await dialog.getByLabel('Password').fill(ADMIN_PASSWORD)
  await dialog.getByRole('button', { name: 'Sign in' }).click()
  await dialog.waitFor({ state: 'detached' })
  expect(await byTest(page, 'rule_create_name').inputValue()).toBe('kept')
  await byTest(page, 'rule_create_submit').click()
  await until('it is stored', () => visitor.path === '/rules/default.kept')
})

it('deletes a rule after asking', async () => {
  const { api } = world.server
  await rule('doomed', { url: 'doomed' }, {})
  const visitor = await world.visit()
  const { page } = visitor
  await visitor.open('/rules/default.doomed')
  await byTest(page, 'rule_delete').click()
  await page.getByRole('button', { name: 'Keep it' }).click()
  await byTest(page, 'rule_delete').click()
  await byTest(page, 'rule_delete_confirm').click()
  await page.getByText('The rule default.doomed was deleted.').waitFor()
  await page.locator(`${LISTED} [data-rule="default.doomed"]`).waitFor({ state: 'detached' })
  const { items } = await api.rules.list({ name: 'doomed' })
  expect(items).toEqual([])
  await visitor.open('/rules/default.doomed')
  await details(page).getByText('There is no such rule').waitFor()
})

it('writes a rule without a mouse', async () => {
  const visitor = await world.visit()
  const { page } = visitor
  await visitor.open('/rules/new')
  await byTest(page, 'rule_create_name').focus()
  await page.keyboard.type('typed')
  await tabTo(page, 'rule_create_trigger')
  await page.keyboard.type('action end')
  await page.getByRole('option').first().waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('option').first().waitFor({ state: 'detached' })
  await page.keyboard.press('Control+a')
  await page.keyboard.type('generic.actiontr')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  expect(await byTest(page, 'rule_create_trigger').inputValue()).toBe('core.st2.generic.actiontrigger')
  await tabTo(page, 'add_criterion_trigger')
  await page.keyboard.press('Enter')
  await tabTo(page, 'criterion_key', 'back')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('status')
  await page.keyboard.press('Enter')
  expect(await byTest(page, 'criterion_key').inputValue()).toBe('trigger.status')
  await tabTo(page, 'criterion_pattern')
  await page.keyboard.type('failed')
  await tabTo(page, 'rule_create_action')
  await page.keyboard.type('core.noop')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+Enter')
  await until('it is stored', () => visitor.path === '/rules/default.typed')
  const { criteria, action } = await world.server.api.rules.get('default.typed')
  expect({ criteria, action: action.ref }).toEqual({
    criteria: { 'trigger.status': { type: 'equals', pattern: 'failed' } },
    action: 'core.noop',
  })
})

it('goes to rules and trigger types from the command palette', async () => {
  await rule('palette_rule', { url: 'palette' }, {})
  const visitor = await world.visit()
  const { page } = visitor
  await visitor.open('/history')
  await page.keyboard.press('Control+k')
  await byTest(page, 'palette_input').fill('palette_rule')
  await page.getByRole('option', { name: /default\.palette_rule/ }).click()
  await until('the rule is shown', () => visitor.path === '/rules/default.palette_rule')
  await page.keyboard.press('Control+k')
  await byTest(page, 'palette_input').fill('CronTimer')
  await page.getByRole('option', { name: /core\.st2\.CronTimer/ }).click()
  await until('the type is shown', () => visitor.path === '/triggers/core.st2.CronTimer')
  await reachesText(byTest(page, 'header_name'), 'core.st2.CronTimer')
  expect(await byTest(page, 'palette_input').count()).toBe(0)
})

/** A rule for a webhook that runs core.echo. */
async function rule(name: string, parameters: Record<string, unknown>, criteria: Record<string, unknown>) {
  const made = await world.server.api.rules.create({
    name,
    enabled: true,
    trigger: { type: 'core.st2.webhook', parameters },
    criteria,
    action: { ref: 'core.echo', parameters: { message: 'fired' } },
  })
  return { trigger: typeof made.trigger === 'string' ? made.trigger : made.trigger.ref }
}

/** What is sent to store it again. */
function requestOf(stored: Awaited<ReturnType<typeof world.server.api.rules.get>>) {
  const { name, pack, type, trigger, criteria, action, enabled } = stored
  if (typeof trigger === 'string') throw new Error('the trigger is gone')
  return {
    name,
    pack,
    type,
    trigger: { type: trigger.type, parameters: trigger.parameters },
    criteria,
    action,
    enabled,
  }
}

async function instanceOf(trigger: string): Promise<string> {
  const { api } = world.server
  return until('the event is processed', async () => {
    const { items } = await api.triggerInstances.list({ trigger, status: 'processed' })
    return items[0]?.id
  })
}

/** Types into a combobox and takes an option. */
async function choose(page: Page, name: string, typed: string, option: RegExp): Promise<void> {
  await byTest(page, name).fill(typed)
  await page.getByRole('option', { name: option }).first().click()
}

const MAX_TABS = 60

async function tabTo(page: Page, name: string, direction: 'on' | 'back' = 'on'): Promise<void> {
  for (let presses = 0; presses < MAX_TABS; presses++) {
    await page.keyboard.press(direction === 'on' ? 'Tab' : 'Shift+Tab')
    if ((await page.evaluate<string | null>('document.activeElement.dataset.test ?? null')) === name) return
  }
  throw new Error(`the tab key does not reach ${name}`)
}
