import { describe, expect, it } from 'vitest'
import { hrefOf, paths } from './paths.ts'

describe('paths', () => {
  it('makes the addresses that existing links use', () => {
    const id = '6b0738ca4b3c9bb3ab8ff680'
    expect({
      history: paths.history(),
      filtered: paths.history({ page: 2, action: ['core.local'], status: ['failed', 'timeout'] }),
      execution: paths.execution(id),
      executionCode: paths.execution(id, 'code'),
      rerun: paths.execution(id, 'rerun'),
      graph: paths.execution(id, 'graph', { task: 'deploy all', view: 'whole' }),
      log: paths.execution(id, 'log', { user: ['st2admin'], line: 'a.1' }),
      compare: paths.compare(id, id),
      kept: paths.execution(id, 'general', { user: ['st2admin'] }),
      actions: paths.actions(),
      action: paths.action('core.local'),
      actionEntryPoint: paths.action('core.local', 'entrypoint'),
      live: paths.code('live', id),
      odd: paths.action('a b/c'),
      rules: paths.rules({ pack: 'core', enabled: 'true' }),
      rule: paths.rule('examples.count_pushes'),
      ruleEnforcements: paths.rule('examples.count_pushes', 'enforcements'),
      ruleEdit: paths.rule('examples.count_pushes', 'edit'),
      newRule: paths.newRule({ trigger: 'core.st2.webhook' }),
      triggers: paths.triggers(),
      triggersFound: paths.triggers('a b'),
      trigger: paths.trigger('core.st2.webhook', 'instances'),
      triggerFound: paths.trigger('core.st2.webhook', 'general', 'push'),
      instances: paths.instances({ status: 'pending', page: 2 }),
      instance: paths.instance(id),
    }).toEqual({
      history: '/history',
      filtered: '/history?page=2&action=core.local&status=failed,timeout',
      execution: `/history/${id}`,
      executionCode: `/history/${id}/code`,
      rerun: `/history/${id}/rerun`,
      graph: `/history/${id}/graph?task=deploy%20all&view=whole`,
      log: `/history/${id}/log?user=st2admin&line=a.1`,
      compare: `/history/${id}/compare/${id}`,
      kept: `/history/${id}?user=st2admin`,
      actions: '/actions',
      action: '/actions/core.local',
      actionEntryPoint: '/actions/core.local/entrypoint',
      live: `/code/live/${id}`,
      odd: '/actions/a%20b%2Fc',
      rules: '/rules?pack=core&enabled=true',
      rule: '/rules/examples.count_pushes',
      ruleEnforcements: '/rules/examples.count_pushes/enforcements',
      ruleEdit: '/rules/examples.count_pushes/edit',
      newRule: '/rules/new?trigger=core.st2.webhook',
      triggers: '/triggers',
      triggersFound: '/triggers?q=a%20b',
      trigger: '/triggers/core.st2.webhook/instances',
      triggerFound: '/triggers/core.st2.webhook?q=push',
      instances: '/triggers/instances?page=2&status=pending',
      instance: `/triggers/instances/${id}`,
    })
    expect(hrefOf(paths.history())).toBe('#/history')
  })
})
