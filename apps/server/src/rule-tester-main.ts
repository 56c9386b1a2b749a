import { systemClock, testRuleFiles } from '@st2/engine'
import type { RuleTest } from '@st2/model'
import { askServer } from './ask-server.ts'
import { UsageError } from './program-arguments.ts'
import {
  describeRuleTest,
  parseRuleTesterCommand,
  RULE_TESTER_USAGE,
  type RuleTesterCommand,
  wouldRun,
} from './rule-tester-command.ts'

/** The st2-rule-tester command. Exit status: 0 the rule matches, 1 it does not, 2 it cannot be tested. */
async function main(args: readonly string[]): Promise<void> {
  try {
    const command = parseRuleTesterCommand(args)
    if (command === 'help') {
      process.stdout.write(RULE_TESTER_USAGE)
      return
    }
    const outcome = await test(command)
    process.stdout.write(describeRuleTest(outcome))
    process.exitCode = wouldRun(outcome) ? 0 : 1
  } catch (error) {
    process.stderr.write(`st2-rule-tester: ${error instanceof Error ? error.message : String(error)}\n`)
    if (error instanceof UsageError) process.stderr.write("Try 'st2-rule-tester --help'.\n")
    process.exitCode = 2
  }
}

async function test({ mode, rule, triggerInstance }: RuleTesterCommand): Promise<RuleTest> {
  if (mode === 'files') return testRuleFiles(rule, triggerInstance, systemClock().now())
  const answer = await askServer(`rules/${encodeURIComponent(rule)}/test`, { trigger_instance: triggerInstance })
  if (isRuleTest(answer)) return answer
  throw new Error('the server answered something that is no test of a rule')
}

function isRuleTest(answer: object): answer is RuleTest {
  return 'matched' in answer && 'criteria' in answer && Array.isArray(answer.criteria)
}

await main(process.argv.slice(2))
