import type { RuleTest } from '@st2/model'
import { readArguments, UsageError } from './program-arguments.ts'

/** What the st2-rule-tester command compares: two files, or a stored rule with an event that happened. */
export type RuleTesterCommand =
  | { readonly mode: 'files'; readonly rule: string; readonly triggerInstance: string }
  | { readonly mode: 'server'; readonly rule: string; readonly triggerInstance: string }

export const RULE_TESTER_USAGE = `Usage: st2-rule-tester --rule FILE --trigger-instance FILE
       st2-rule-tester --rule-ref REF --trigger-instance-id ID

Whether a rule matches a trigger instance: of two files, or of what a running server has. Nothing is run.
Exit status: 0 it matches, 1 it does not, 2 it cannot be tested.

  --rule FILE                 YAML or JSON definition of the rule
  --trigger-instance FILE     YAML or JSON with "trigger" (its ref) and "payload"
  --rule-ref REF              a stored rule
  --trigger-instance-id ID    a stored trigger instance
  --help

Environment: ST2_API_URL (default http://127.0.0.1:8080/api), ST2_AUTH_TOKEN or ST2_API_KEY
`

/** @throws UsageError @source services.md 2.7 */
export function parseRuleTesterCommand(args: readonly string[]): RuleTesterCommand | 'help' {
  const text = { type: 'string' } as const
  const flag = { type: 'boolean' } as const
  const values = readArguments(args, {
    rule: text,
    'trigger-instance': text,
    'rule-ref': text,
    'trigger-instance-id': text,
    // Taken without effect, so that scripts that name them go on working.
    'config-file': text,
    verbose: flag,
    debug: flag,
    help: flag,
  })
  if (values.help === true) return 'help'
  const { rule, 'trigger-instance': instance, 'rule-ref': ref, 'trigger-instance-id': id } = values
  const inFiles = rule !== undefined || instance !== undefined
  const onServer = ref !== undefined || id !== undefined
  if (inFiles === onServer) throw new UsageError('name two files, or a rule and a trigger instance of a server')
  if (inFiles) {
    if (rule === undefined || instance === undefined) throw new UsageError('--rule and --trigger-instance go together')
    return { mode: 'files', rule, triggerInstance: instance }
  }
  if (ref === undefined || id === undefined) throw new UsageError('--rule-ref and --trigger-instance-id go together')
  return { mode: 'server', rule: ref, triggerInstance: id }
}

/** Whether the rule would run its action. */
export function wouldRun(test: RuleTest): boolean {
  return test.matched && test.reason === undefined
}

/** What is printed: each criterion that was looked at, why not, or what would run. */
export function describeRuleTest(test: RuleTest): string {
  const lines = test.criteria.flatMap(({ key, type, pattern, value, matched, error }) => [
    `${matched ? 'holds' : 'does not hold'}: ${key}`,
    `  type: ${type}`,
    `  pattern: ${JSON.stringify(pattern ?? null)}`,
    `  payload: ${JSON.stringify(value ?? null)}`,
    ...(error === undefined ? [] : [`  error: ${error}`]),
  ])
  if (test.action !== undefined) {
    lines.push(`Action parameters of ${test.action.ref} resolved to:`)
    for (const [name, value] of Object.entries(test.action.parameters))
      lines.push(`  ${name}: ${JSON.stringify(value)}`)
  }
  if (test.reason !== undefined) lines.push(test.reason)
  lines.push(wouldRun(test) ? '=== RULE MATCHES ===' : '=== RULE DOES NOT MATCH ===')
  return `${lines.join('\n')}\n`
}
