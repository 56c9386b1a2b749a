import { MASK, type ParameterSchemas, type RuleRequest } from '@st2/model'
import { describe, expect, it } from 'vitest'
import type { FormEntries } from '../../../widgets/auto-form/form-model.ts'
import { draftRule, EMPTY_RULE, readRule, rewrittenRule, type RuleSchemas, undeclared } from './rule-draft.ts'
import { readText, ruleText } from './rule-text.ts'
import { shownRule } from './shown-rule.ts'

const action: ParameterSchemas = {
  message: { type: 'string', required: true, maxLength: 5 },
  times: { type: 'integer' },
  password: { type: 'string', secret: true },
  fixed: { type: 'string', immutable: true, default: 'x' },
}
const schemas: RuleSchemas = { trigger: { url: { type: 'string', required: true } }, action }

const stored: RuleRequest = {
  name: 'on_push',
  pack: 'examples',
  description: 'Says so.',
  enabled: false,
  type: { ref: 'backstop', parameters: {} },
  trigger: { type: 'core.st2.webhook', parameters: { url: 'push' } },
  criteria: {
    'trigger.body.count': { type: 'gt', pattern: 3 },
    "trigger.body['a b']": { type: 'regex', pattern: 'two\n\nparts' },
  },
  action: { ref: 'core.echo', parameters: { message: '{{ trigger.body.ref }}', password: MASK, other: [1] } },
  context: { user: 'st2admin' },
  tags: [{ name: 'team', value: 'web' }],
  metadata_file: 'rules/on_push.yaml',
}

describe('a rule that is edited', () => {
  it('is sent as it was stored when nothing was changed', () => {
    const { request, wrong } = readRule(draftRule(stored), schemas)
    expect(request).toEqual(stored)
    expect(wrong).toEqual([])
  })

  it('is not lost while nobody knows what its trigger and its action take', () => {
    expect(readRule(draftRule(stored), { trigger: null, action: null }).request).toEqual(stored)
  })

  it('says what is missing, in the order of the form', () => {
    const draft = { ...EMPTY_RULE, name: 'a b', action: { ...EMPTY_RULE.action, ref: 'core.echo' } }
    expect(readRule(draft, schemas).wrong).toEqual(['name', 'trigger', 'url', 'message'])
  })

  it('takes a template in any field, and judges everything else', () => {
    const typed = (text: string) => {
      const draft = draftRule(stored)
      const times = { text, isExpression: false }
      return readRule({ ...draft, action: { ...draft.action, typed: { times } } }, schemas)
    }
    expect(typed('{{ trigger.body.n }}').request.action.parameters).toMatchObject({ times: '{{ trigger.body.n }}' })
    expect(typed('7').request.action.parameters).toMatchObject({ times: 7 })
    expect(typed('many').errors.actionParameters).toEqual({ times: "'many' is not an integer" })
  })

  it('leaves what nobody touches as it is, and reads numbers where a text may be one', () => {
    const trigger: ParameterSchemas = { hour: { type: ['string', 'integer'] }, minute: { type: ['string', 'integer'] } }
    const values = { hour: '4', minute: 5 }
    const read = (typed: FormEntries) =>
      readRule({ ...draftRule(stored), trigger: { ref: 'core.st2.CronTimer', values, typed } }, { ...schemas, trigger })
        .request.trigger.parameters
    expect(read({})).toEqual(values)
    expect(read({ hour: { text: '6', isExpression: false } })).toEqual({ hour: 6, minute: 5 })
    expect(read({ minute: { text: '', isExpression: false } })).toEqual({ hour: '4' })
  })

  it('keeps a secret that nothing is typed over, and names what nothing declares', () => {
    const draft = draftRule(stored)
    const typed = { password: { text: 'new', isExpression: false } }
    expect(readRule({ ...draft, action: { ...draft.action, typed } }, schemas).request.action.parameters).toMatchObject(
      {
        password: 'new',
      },
    )
    expect(undeclared(draft.action, action)).toEqual(['other'])
  })
})

describe('the text beside the form', () => {
  const draft = draftRule(stored)
  const text = ruleText(shownRule(readRule(draft, schemas).request, schemas))

  it('is the file that somebody would write', () => {
    expect(text).toBe(`name: on_push
pack: examples
description: Says so.
enabled: false
type:
  ref: backstop
  parameters: {}
trigger:
  type: core.st2.webhook
  parameters:
    url: push
criteria:
  trigger.body.count:
    type: gt
    pattern: 3
  trigger.body['a b']:
    type: regex
    pattern: 'two


      parts'
action:
  ref: core.echo
  parameters:
    message: '{{ trigger.body.ref }}'
    other:
    - 1
    password: '********'
tags:
- name: team
  value: web
`)
  })

  it('means the same rule', () => {
    const read = readText(text)
    const rewritten = rewrittenRule(read.kind === 'value' ? read.value : null, draft, schemas)
    if (rewritten.kind === 'wrong') throw new Error(rewritten.reason)
    const { request } = readRule(rewritten.draft, schemas)
    expect(request).toEqual(stored)
    expect(Object.keys(request.criteria ?? {}), 'in the order in which they are looked at').toEqual(
      Object.keys(stored.criteria ?? {}),
    )
  })

  it('shows no secret that was typed, and does not write asterisks over it', () => {
    const typed = { password: { text: 'hunter2', isExpression: false } }
    const before = { ...draft, action: { ...draft.action, typed } }
    const shown = ruleText(shownRule(readRule(before, schemas).request, schemas))
    expect(shown).not.toContain('hunter2')
    const read = readText(shown.replace('Says so.', 'Says it.'))
    const rewritten = rewrittenRule(read.kind === 'value' ? read.value : null, before, schemas)
    if (rewritten.kind === 'wrong') throw new Error(rewritten.reason)
    const { request } = readRule(rewritten.draft, schemas)
    expect(request).toMatchObject({ description: 'Says it.', action: { parameters: { password: 'hunter2' } } })
  })

  it.each([
    ['just words', /^A rule is a mapping: name, trigger, action …$/],
    ['name: x\ntrigger: {type: a.b}\naction: {ref: a.b}\ncolour: red', /colour/],
    ['name: x\ntrigger: {type: a.b}', /action.*required/],
    [
      'name: x\ntrigger: {type: a.b}\naction: {ref: a.b}\ncriteria: {trigger.x: 1}',
      /^criteria\.trigger\.x: needs a type and a pattern$/,
    ],
  ])('says what is wrong with it: %j', (wrong, reason) => {
    const read = readText(wrong)
    expect(rewrittenRule(read.kind === 'value' ? read.value : null, draft, schemas)).toEqual({
      kind: 'wrong',
      reason: expect.stringMatching(reason),
    })
  })

  it('names the place of what is no YAML', () => {
    expect(readText('name: [')).toEqual({ kind: 'wrong', reason: expect.stringMatching(/^Line \d+, column \d+: /) })
  })
})
