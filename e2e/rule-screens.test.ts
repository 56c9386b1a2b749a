import { beforeAll } from 'vitest'
import { checkScreens, type Screen } from './support/screens.ts'
import { byTest, details, reachesText } from './support/st2.ts'
import { until } from './support/until.ts'
import { useWorld } from './support/world.ts'

const world = useWorld()
/** Of what every screen shows. */
const ids = { instance: '', execution: '' }

const SCREENS: readonly Screen[] = [
  {
    name: 'rules',
    path: () => '/rules',
    isThere: (page) => page.locator('[data-rule="examples.greet_pushes"]').waitFor(),
  },
  {
    name: 'rules-none',
    path: () => '/rules?q=no+rule+like+this&pack=examples',
    isThere: (page) => page.getByText('No rule matches these filters').waitFor(),
  },
  {
    name: 'rule',
    path: () => '/rules/examples.greet_pushes',
    isThere: (page) => reachesText(byTest(page, 'condition_if'), /webhook github\/push/),
  },
  {
    name: 'rule-tried',
    path: () => '/rules/examples.greet_pushes',
    isThere: async (page) => {
      await byTest(page, 'try_submit').click()
      await byTest(page, 'failing_criterion').scrollIntoViewIfNeeded()
    },
  },
  {
    name: 'rule-enforcements',
    path: () => '/rules/examples.greet_pushes/enforcements',
    isThere: (page) => page.locator('[data-enforcement]').first().waitFor(),
  },
  {
    name: 'rule-code',
    path: () => '/rules/examples.greet_pushes/code',
    isThere: (page) => details(page).getByText('trigger.body.commits:').waitFor(),
  },
  {
    name: 'rule-new',
    path: () => '/rules/new?trigger=core.st2.CronTimer&action=core.local',
    isThere: async (page) => {
      await byTest(page, 'trigger_words').waitFor()
      await byTest(page, 'rule_create_submit').click()
      await page.getByText('A rule needs a name.').waitFor()
    },
  },
  {
    name: 'rule-choosing',
    isCovered: true,
    path: () => '/rules/new',
    isThere: async (page) => {
      await byTest(page, 'rule_create_action').click()
      await page.getByRole('option').first().waitFor()
    },
  },
  {
    name: 'rule-edit',
    path: () => '/rules/examples.greet_pushes/edit',
    isThere: async (page) => {
      await byTest(page, 'criterion_condition').waitFor()
      await byTest(page, 'criterion_condition').scrollIntoViewIfNeeded()
    },
  },
  {
    name: 'rule-edit-trial',
    path: () => '/rules/examples.greet_pushes/edit',
    isThere: async (page) => {
      await page.getByRole('radio', { name: 'Try it' }).click()
      await byTest(page, 'try_submit').click()
      await byTest(page, 'rule_test_verdict').waitFor()
    },
  },
  {
    name: 'rule-delete',
    path: () => '/rules/examples.greet_pushes',
    isThere: async (page) => {
      await byTest(page, 'rule_delete').click()
      await byTest(page, 'rule_delete_confirm').waitFor()
    },
  },
  {
    name: 'triggers',
    path: () => '/triggers',
    isThere: (page) => page.getByRole('list', { name: 'Trigger types' }).getByRole('link').first().waitFor(),
  },
  {
    name: 'trigger-webhook',
    path: () => '/triggers/core.st2.webhook',
    isThere: (page) => byTest(page, 'webhook_url').first().waitFor(),
  },
  {
    name: 'trigger-sensor',
    path: () => '/triggers/examples.fibonacci',
    isThere: (page) => details(page).getByRole('switch').waitFor(),
  },
  {
    name: 'trigger-instances',
    path: () => '/triggers/core.st2.webhook/instances',
    isThere: (page) => details(page).locator('[data-instance]').first().waitFor(),
  },
  {
    name: 'instances',
    path: () => '/triggers/instances?trigger_type=core.st2.webhook',
    isThere: (page) => page.locator('.split-list [data-instance]').first().waitFor(),
  },
  {
    name: 'instance',
    path: () => `/triggers/instances/${ids.instance}?trigger_type=core.st2.webhook`,
    isThere: async (page) => {
      await byTest(page, 'why_not').waitFor()
      await byTest(page, 'rule_verdicts').getByRole('button', { name: 'Why' }).first().click()
      await byTest(page, 'failing_criterion').waitFor()
    },
  },
  {
    name: 'execution-cause',
    path: () => `/history/${ids.execution}`,
    isThere: (page) => reachesText(byTest(page, 'cause_rule'), 'examples.greet_pushes'),
  },
]

beforeAll(async () => {
  const { api } = world.server
  const trigger = { type: 'core.st2.webhook', parameters: { url: 'github/push' } }
  await api.rules.create({
    name: 'greet_pushes',
    pack: 'examples',
    description: 'Greets whoever pushes to the main branch.',
    enabled: true,
    trigger,
    criteria: {
      'trigger.body.ref': { type: 'endswith', pattern: '/main' },
      'trigger.body.commits': {
        type: 'search',
        condition: 'any',
        pattern: { 'item.added': { type: 'greaterthan', pattern: 2 } },
      },
    },
    action: { ref: 'core.echo', parameters: { message: 'Hello {{ trigger.body.pusher.name }}' } },
    tags: [{ name: 'team', value: 'web' }],
  })
  await api.rules.create({
    name: 'only_releases',
    pack: 'examples',
    enabled: true,
    trigger,
    criteria: { 'trigger.body.ref': { type: 'startswith', pattern: 'refs/tags/' } },
    action: { ref: 'core.noop' },
  })
  await api.rules.create({
    name: 'not_there_yet',
    pack: 'examples',
    enabled: true,
    trigger,
    action: { ref: 'examples.not_there_yet' },
  })
  const commits = [
    { id: 'a1', added: 3 },
    { id: 'b2', added: 0 },
  ]
  await api.webhooks.send('github/push', { ref: 'refs/heads/main', pusher: { name: 'octocat' }, commits })
  const { execution_id: execution, trigger_instance_id: instance } = await until('the rule fires', async () => {
    const { items } = await api.ruleEnforcements.list({ rule_ref: 'examples.greet_pushes' })
    return items[0]
  })
  ids.instance = instance
  ids.execution = execution ?? ''
  // The newest does not match: that is what a trial explains.
  await api.webhooks.send('github/push', { ref: 'refs/heads/idea', pusher: { name: 'hubot' }, commits })
  await until('it is done', async () => (await api.executions.get(ids.execution)).end_timestamp !== undefined)
})

checkScreens(world, SCREENS)
