import { makeFloat } from '@st2/python-values'
import type { Schema } from '@st2/schema'

const NONEMPTY_STRING: Schema = { type: 'string', minLength: 1 }
const WHOLE_NUMBER: Schema = { type: 'integer', minimum: 0 }
const STRING_OR_WHOLE_NUMBER: Schema = { oneOf: [NONEMPTY_STRING, WHOLE_NUMBER] }
const UNIQUE_STRINGS: Schema = { type: 'array', items: NONEMPTY_STRING, uniqueItems: true, minItems: 1 }
const ONE_KEY: Schema = { type: 'object', minProperties: 1, maxProperties: 1 }
const UNIQUE_ONE_KEYS: Schema = { type: 'array', items: ONE_KEY, uniqueItems: true, minItems: 1 }

const TRANSITION: Schema = {
  type: 'object',
  properties: {
    when: NONEMPTY_STRING,
    publish: { oneOf: [NONEMPTY_STRING, UNIQUE_ONE_KEYS] },
    do: { oneOf: [NONEMPTY_STRING, UNIQUE_STRINGS] },
  },
  additionalProperties: false,
}

const TASK: Schema = {
  type: 'object',
  properties: {
    delay: STRING_OR_WHOLE_NUMBER,
    join: { oneOf: [{ enum: ['all'] }, WHOLE_NUMBER] },
    with: {
      type: 'object',
      // NOTE: the pattern of items is checked by items-syntax.ts: as a regular expression it can take exponential time.
      properties: { items: NONEMPTY_STRING, concurrency: STRING_OR_WHOLE_NUMBER },
      additionalProperties: false,
    },
    action: NONEMPTY_STRING,
    input: { oneOf: [NONEMPTY_STRING, { type: 'object', minProperties: 1 }] },
    retry: {
      type: 'object',
      properties: { when: NONEMPTY_STRING, count: STRING_OR_WHOLE_NUMBER, delay: STRING_OR_WHOLE_NUMBER },
      additionalProperties: false,
    },
    next: { type: 'array', items: TRANSITION },
  },
  additionalProperties: false,
}

/**
 * What a definition must look like, but for the names that must be there (syntax.ts): in this dialect `required` stands elsewhere.
 * Patterns of upstream's schema that fit every value are left out.
 *
 * @source orquesta: orquesta/specs/native/v1/models.py, orquesta/specs/types.py
 */
export const WORKFLOW_SCHEMA: Schema = {
  type: 'object',
  properties: {
    vars: UNIQUE_ONE_KEYS,
    input: { type: 'array', items: { oneOf: [NONEMPTY_STRING, ONE_KEY] }, uniqueItems: true, minItems: 1 },
    output: UNIQUE_ONE_KEYS,
    tasks: { type: 'object', minProperties: 1, patternProperties: { '^\\w+$': TASK } },
    name: NONEMPTY_STRING,
    version: {
      anyOf: [NONEMPTY_STRING, WHOLE_NUMBER, { type: 'number', minimum: 0 }],
      enum: ['1.0', makeFloat(1)],
    },
    description: NONEMPTY_STRING,
    tags: UNIQUE_STRINGS,
  },
  additionalProperties: false,
}
