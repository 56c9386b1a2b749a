import type { FastifyRequest } from 'fastify'
import { describe, expect, it } from 'vitest'
import { QueryParameters } from '../http/query-parameters.ts'
import { readExecutionQuery } from './execution-filters.ts'

function read(query: Record<string, string>) {
  return readExecutionQuery(new QueryParameters({ query } as unknown as FastifyRequest))
}

const NEWEST_FIRST = [{ field: 'start_timestamp', direction: 'desc' }]

describe('readExecutionQuery', () => {
  it.each([
    [{}, []],
    [{ action: '' }, []],
    [{ action: 'core.noop' }, [{ field: 'action', op: 'eq', value: 'core.noop' }]],
    [{ parent: 'null' }, [{ field: 'parent', op: 'eq', value: null }]],
    [{ parent: 'NULL' }, [{ field: 'parent', op: 'eq', value: null }]],
    [{ status: 'failed,timeout' }, [{ field: 'status', op: 'in', value: ['failed', 'timeout'] }]],
    [
      { timestamp_gt: '2020-01-01T00:00:00Z' },
      [{ field: 'start_timestamp', op: 'gte', value: '2020-01-01T00:00:00.000000Z' }],
    ],
    [
      { timestamp_lt: '2020-01-01 00:00:00.123+00:00' },
      [{ field: 'start_timestamp', op: 'lte', value: '2020-01-01T00:00:00.123000Z' }],
    ],
    [
      { filter: 'action.ref:core.noop context.user:ann' },
      [
        { field: 'action', op: 'eq', value: 'core.noop' },
        { field: 'user', op: 'eq', value: 'ann' },
      ],
    ],
    [{ filter: 'parameters.cmd:a:b' }, [{ path: 'parameters.cmd', op: 'eq', value: 'a:b' }]],
    [{ action: 'x', filter: 'action.ref:core.noop' }, [{ field: 'action', op: 'eq', value: 'core.noop' }]],
    [{ undeclared: 'x' }, []],
    [{ action: 'a.b,c.d,a.b,' }, [{ field: 'action', op: 'in', value: ['a.b', 'c.d'] }]],
    [{ rule: 'null,nightly' }, [{ field: 'rule', op: 'in', value: [null, 'nightly'] }]],
    [{ trace_tag: 'release-7' }, [{ field: 'trace_tag', op: 'eq', value: 'release-7' }]],
    [{ filter: 'context.trace_context.trace_tag:a,b' }, [{ field: 'trace_tag', op: 'eq', value: 'a,b' }]],
  ])('reads %j', (query, filter) => {
    expect(read(query as Record<string, string>).filter).toEqual(filter)
  })

  it('looks for words in texts that hold no secrets', () => {
    const filter = read({ q: 'web-7 "disk full"', user: 'ann' }).filter
    expect(filter).toEqual([
      { field: 'user', op: 'eq', value: 'ann' },
      { paths: expect.arrayContaining(['parameters', 'context']), op: 'contains', value: 'web-7' },
      { paths: expect.arrayContaining(['parameters', 'context']), op: 'contains', value: 'disk full' },
    ])
    expect(JSON.stringify(filter)).not.toMatch(/"(result|sealed|rule|log|callback|notify)"/)
  })

  it('reads a range in either direction', () => {
    const range = [
      { field: 'start_timestamp', op: 'gte', value: '2020-01-01T00:00:00.000000Z' },
      { field: 'start_timestamp', op: 'lte', value: '2021-01-01T00:00:00.000000Z' },
    ]
    expect(read({ timestamp: '2020-01-01T00:00:00Z..2021-01-01T00:00:00Z' }).filter).toEqual(range)
    expect(read({ timestamp: '2021-01-01T00:00:00Z..2020-01-01T00:00:00Z' }).filter).toEqual(range)
  })

  it.each([
    [{ timestamp_gt: 'notadate' }, 'Datetime value does not match expected format.'],
    [{ action: 'a..b' }, 'Datetime value does not match expected format.'],
    [{ id: 'xyz' }, "'xyz' is not a valid ObjectId"],
    [{ id: '' }, "'' is not a valid ObjectId"],
    [{ filter: 'nocolon' }, 'invalid format for filter "nocolon"'],
    [{ filter: 'a.b:c' }, 'Cannot resolve field "a"'],
    [{ filter: 'constructor:c' }, 'Cannot resolve field "constructor"'],
    [{ filter: 'action.name:c' }, 'Cannot resolve field "action"'],
    [
      { status: Array.from({ length: 101 }, (_, place) => `s${place}`).join(',') },
      'status has 101 values; at most 100 are allowed.',
    ],
    [{ q: 'x'.repeat(201) }, 'q has 201 characters; at most 200 are allowed.'],
  ])('refuses %j', (query, message) => {
    expect(() => read(query as Record<string, string>)).toThrow(message)
  })

  it.each([
    [{}, NEWEST_FIRST],
    [{ timestamp_gt: '2020-01-01T00:00:00Z' }, [{ field: 'start_timestamp', direction: 'asc' }]],
    [{ sort_asc: 'True' }, [{ field: 'start_timestamp', direction: 'asc' }]],
    [{ timestamp_gt: '2020-01-01T00:00:00Z', timestamp_lt: '2021-01-01T00:00:00Z' }, NEWEST_FIRST],
    [{ sort: '-action,nonsense' }, [{ field: 'action', direction: 'desc' }]],
    [{ sort: 'nonsense' }, NEWEST_FIRST],
  ])('orders %j', (query, order) => {
    expect(read(query as Record<string, string>).order).toEqual(order)
  })
})
