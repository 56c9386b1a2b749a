import { describe, expect, it } from 'vitest'
import { UsageError } from './program-arguments.ts'
import { describeRuleTest, parseRuleTesterCommand, wouldRun } from './rule-tester-command.ts'

describe('the command line of st2-rule-tester', () => {
  it.each([
    [['--rule=r.yaml', '--trigger-instance', 'i.yaml'], { mode: 'files', rule: 'r.yaml', triggerInstance: 'i.yaml' }],
    [
      ['--rule-ref', 'p.r', '--trigger-instance-id=1', '--verbose'],
      { mode: 'server', rule: 'p.r', triggerInstance: '1' },
    ],
    [['--help'], 'help'],
  ])('%j', (args, command) => {
    expect(parseRuleTesterCommand(args)).toEqual(command)
  })

  it.each([
    [[], 'name two files'],
    [['--rule', 'x'], 'go together'],
    [['--trigger-instance-id', 'x'], 'go together'],
    [['--rule', 'x', '--rule-ref', 'y'], 'name two files'],
    [['--frob'], "Unknown option '--frob'"],
  ])('%j is refused', (args, reason) => {
    expect(() => parseRuleTesterCommand(args)).toThrow(reason)
    expect(() => parseRuleTesterCommand(args)).toThrow(UsageError)
  })
})

describe('the answer of st2-rule-tester', () => {
  it('is no match when what would run cannot be run', () => {
    const answer = { matched: true, reason: `Action "p.a" doesn't exist`, criteria: [] }
    expect(wouldRun(answer)).toBe(false)
    expect(describeRuleTest(answer)).toBe(`Action "p.a" doesn't exist\n=== RULE DOES NOT MATCH ===\n`)
  })
})
