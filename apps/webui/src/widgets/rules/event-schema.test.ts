import { describe, expect, it } from 'vitest'
import { eventFields, isSecretPath, parameterSchemasOf, samplePayload, shownPayload } from './event-schema.ts'

const payload = {
  type: 'object',
  properties: {
    id: { type: 'integer', description: 'Of the ticket.' },
    state: { enum: ['open', 'closed'] },
    'x-tag': { type: ['string', 'null'] },
    'odd name': { type: 'string' },
    owner: { type: 'object', properties: { name: { type: 'string' }, active: { type: 'boolean' } } },
    lines: { type: 'array', items: { type: 'object', properties: { text: { type: 'string' } } } },
  },
}

describe('the schema of a payload', () => {
  it('names every field by the path that criteria use', () => {
    expect(eventFields(payload).map(({ path, type }) => `${path} ${type}`)).toEqual([
      'trigger.id integer',
      'trigger.state any',
      'trigger.x-tag string or null',
      "trigger['odd name'] string",
      'trigger.owner object',
      'trigger.owner.name string',
      'trigger.owner.active boolean',
      'trigger.lines array',
      'trigger.lines[0].text string',
    ])
    expect(eventFields({})).toEqual([])
  })

  it('makes a payload to begin with', () => {
    expect(samplePayload(payload)).toEqual({
      id: 1,
      state: 'open',
      'x-tag': '',
      'odd name': '',
      owner: { name: '', active: true },
      lines: [],
    })
    expect(samplePayload({})).toEqual({})
  })
})

it('takes required parameters in both spellings', () => {
  const schema = {
    required: ['a'],
    properties: { a: { type: 'string' }, b: { type: 'string', required: true }, c: {}, d: 1 },
  }
  expect(parameterSchemasOf(schema)).toEqual({
    a: { type: 'string', required: true, position: 0 },
    b: { type: 'string', required: true, position: 1 },
    c: { position: 2 },
  })
  const hour = { anyOf: [{ type: 'string' }, { type: 'integer' }] }
  expect(parameterSchemasOf({ properties: { hour } })).toEqual({
    hour: { ...hour, type: ['string', 'integer'], position: 0 },
  })
})

it.each([
  ["trigger.headers['Authorization']", true],
  ['trigger.headers_lower.x-gitlab-token', true],
  ["trigger.headers['X-Github-Event']", false],
  ['trigger.body.token', false],
])('knows whether %s is a credential', (path, isSecret) => {
  expect(isSecretPath(path)).toBe(isSecret)
})

it('shows no credentials of a request', () => {
  const headers = { Authorization: 'Basic c2VjcmV0', Host: 'x', 'X-Gitlab-Token': 't', 'X-Hub-Signature-256': 's' }
  expect(
    shownPayload({ headers, headers_lower: { cookie: 'a=b' }, body: { token: 'kept: it is what the sender said' } }),
  ).toEqual({
    headers: { Authorization: '********', Host: 'x', 'X-Gitlab-Token': '********', 'X-Hub-Signature-256': '********' },
    headers_lower: { cookie: '********' },
    body: { token: 'kept: it is what the sender said' },
  })
})
