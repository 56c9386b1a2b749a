import type { JsonSchema } from '@st2/model'

type Parameters = Readonly<Record<string, JsonSchema>>

const PATH = {
  type: 'string',
  description: 'Of a value in the result: $, then .name, [3] or ["any name"].',
} as const satisfies JsonSchema

export const RESULT_QUERY = {
  download: { type: 'boolean' },
  compress: { type: 'boolean' },
  pretty_format: { type: 'boolean' },
} as const satisfies Parameters

export const OUTLINE_QUERY = {
  path: PATH,
  offset: { type: 'integer', description: 'Entries to skip.' },
  limit: { type: 'integer', description: 'Entries to answer, at most 1000.' },
} as const satisfies Parameters

export const SEARCH_QUERY = {
  q: { type: 'string', required: true, description: 'What to look for, in keys, strings and other scalars.' },
  case_sensitive: { type: 'boolean' },
  from: { type: 'integer', description: 'Byte of the result to look from: "next" of the answer before.' },
  limit: { type: 'integer', description: 'Lines to answer, at most 1000.' },
} as const satisfies Parameters

export const LINES_QUERY = {
  path: PATH,
  from: { type: 'integer', description: 'First line, from 0.' },
  limit: { type: 'integer', description: 'Lines to answer, at most 5000.' },
} as const satisfies Parameters

const TYPE = { type: 'string', enum: ['object', 'array', 'string', 'number', 'boolean', 'null'] } as const
const ETAG = { type: 'string', description: 'Of the text that places are counted in.' } as const
const SIZE = { type: 'integer', description: 'Bytes of the whole result.' } as const
const PLACE = {
  path: { type: 'string' },
  type: TYPE,
  start: { type: 'integer', description: 'Byte where the value begins.' },
  end: { type: 'integer', description: 'Byte after the value.' },
  count: { type: ['integer', 'null'], description: 'Entries of an object or array, characters of a string.' },
} as const

export const OUTLINE = {
  title: 'ResultOutline',
  type: 'object',
  properties: {
    ...PLACE,
    offset: { type: 'integer' },
    limit: { type: 'integer' },
    etag: ETAG,
    size: SIZE,
    children: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          key: { type: ['string', 'integer'] },
          ...PLACE,
          preview: { type: 'string', description: 'The beginning of a scalar, as text.' },
          is_whole: { type: 'boolean', description: 'The preview is all of it.' },
        },
      },
    },
  },
} as const satisfies JsonSchema

export const MATCHES = {
  title: 'ResultMatches',
  type: 'object',
  properties: {
    query: { type: 'string' },
    size: SIZE,
    etag: ETAG,
    next: { type: ['integer', 'null'], description: 'Where to go on looking; null: that was all.' },
    matches: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          path: { type: 'string' },
          kind: { type: 'string', enum: ['key', 'string', 'number', 'boolean', 'null'] },
          start: { type: 'integer', description: 'Byte where the key or the value begins.' },
          offset: { type: 'integer', description: 'Byte where the line begins.' },
          line: { type: 'integer', description: 'From 0, within the string.' },
          column: { type: 'integer', description: 'From 0, of the first occurrence in the line.' },
          excerpt: { type: 'string', description: 'Of the line, around the occurrence.' },
          excerpt_column: { type: 'integer' },
        },
      },
    },
  },
} as const satisfies JsonSchema

export const LINES = {
  title: 'ResultLines',
  type: 'object',
  properties: {
    path: { type: 'string' },
    etag: ETAG,
    from: { type: 'integer' },
    lines: { type: 'array', items: { type: 'string' } },
    cut: { type: 'array', items: { type: 'integer' }, description: 'Places in "lines" of those that are not whole.' },
    total: { type: 'integer' },
  },
} as const satisfies JsonSchema
