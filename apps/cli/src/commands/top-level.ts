import { resourceCommands } from '../resource/resource-commands.ts'
import type { ResourceSpec } from '../resource/resource-spec.ts'
import type { CommandSpec, TopLevel } from '../shell/command-spec.ts'
import { EXPR_COMMAND } from './expr-command.ts'
import { AUTH_COMMAND, LOGIN_COMMAND, WHOAMI_COMMAND } from './login-commands.ts'
import {
  ACTION_ALIASES,
  ACTIONS,
  INQUIRIES,
  PACKS,
  POLICIES,
  POLICY_TYPES,
  RULE_ENFORCEMENTS,
  RULES,
  RUNNERS,
  SENSORS,
  TIMERS,
  TRIGGER_INSTANCES,
  TRIGGERS,
  WEBHOOKS,
} from './resources.ts'
import { runCommand } from './run-command.ts'

/**
 * Everything that may follow `st2`, in the order help shows it. What stands here exists: a group whose routes the
 * server does not have yet is added together with them.
 */
export const TOP_LEVEL: readonly TopLevel[] = [
  { kind: 'command', spec: runCommand('run', 'wait') },
  group(ACTIONS, async () => (await import('./action-group.ts')).ACTION_COMMANDS),
  group(ACTION_ALIASES, async () => (await import('./action-alias-group.ts')).ACTION_ALIAS_COMMANDS),
  { kind: 'command', spec: AUTH_COMMAND },
  { kind: 'command', spec: LOGIN_COMMAND },
  { kind: 'command', spec: WHOAMI_COMMAND },
  { kind: 'command', spec: EXPR_COMMAND },
  {
    kind: 'group',
    spec: {
      name: 'execution',
      summary: 'Runs of actions: look at them, follow, cancel, repeat them.',
      load: async () => (await import('./execution-group.ts')).EXECUTION_COMMANDS,
    },
  },
  group(INQUIRIES, async () => (await import('./inquiry-group.ts')).INQUIRY_COMMANDS),
  {
    kind: 'group',
    spec: {
      name: 'key',
      summary: 'Items of the datastore, secrets too.',
      load: async () => (await import('./key-group.ts')).KEY_COMMANDS,
    },
  },
  group(PACKS),
  group(POLICIES),
  group(POLICY_TYPES),
  group(RULES, async () => (await import('./rule-group.ts')).RULE_COMMANDS),
  group(RULE_ENFORCEMENTS),
  group(RUNNERS),
  group(SENSORS),
  group(TIMERS),
  group(TRIGGERS, async () => (await import('./trigger-group.ts')).TRIGGER_COMMANDS),
  group(TRIGGER_INSTANCES, async () => (await import('./trigger-group.ts')).TRIGGER_INSTANCE_COMMANDS),
  {
    kind: 'group',
    spec: {
      name: 'workflow',
      summary: 'Definitions of workflows: inspected, simulated, rehearsed.',
      load: async () => (await import('./workflow-group.ts')).WORKFLOW_COMMANDS,
    },
  },
  group(WEBHOOKS, async () => (await import('./webhook-group.ts')).WEBHOOK_COMMANDS),
]

function group(
  resource: ResourceSpec,
  load: () => Promise<readonly CommandSpec[]> = async () => resourceCommands(resource),
): TopLevel {
  return { kind: 'group', spec: { name: resource.group, summary: resource.summary, load } }
}
