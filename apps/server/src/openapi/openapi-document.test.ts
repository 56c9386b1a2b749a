import { actionSchema } from '@st2/model'
import { describe, expect, it } from 'vitest'
import { openapiDocument } from './openapi-document.ts'
import { type DocumentedRoute, listOf } from './route-document.ts'

const LIST: DocumentedRoute = {
  method: 'GET',
  url: '/api/v1/actions',
  permission: 'action_list',
  api: {
    summary: 'Lists actions',
    query: { limit: { type: 'integer', description: 'rows' } },
    response: listOf(actionSchema),
  },
}
const FILE: DocumentedRoute = {
  method: 'GET',
  url: '/api/v1/packs/views/file/:ref/*',
  permission: 'pack_view',
  api: { summary: 'A file', response: { type: 'string' }, contentType: 'application/octet-stream' },
}
const LOGIN: DocumentedRoute = {
  method: 'POST',
  url: '/auth/v1/tokens',
  permission: 'public',
  api: { summary: 'Login', status: 201 },
}

describe('the document of routes', () => {
  it('has an operation with permission, parameters, answers and faults', () => {
    expect(openapiDocument([LIST], { version: '1' })['paths']).toEqual({
      '/api/v1/actions': {
        get: {
          operationId: 'get_api_actions',
          summary: 'Lists actions',
          tags: ['actions'],
          'x-permission': 'action_list',
          parameters: [{ name: 'limit', in: 'query', description: 'rows', schema: { type: 'integer' } }],
          responses: {
            200: {
              description: 'Success',
              content: {
                'application/json': { schema: { type: 'array', items: { $ref: '#/components/schemas/Action' } } },
              },
            },
            default: {
              description: 'Refused, or failed',
              content: { 'application/json': { schema: { $ref: '#/components/schemas/Fault' } } },
            },
          },
        },
      },
    })
  })

  it('has parameters of the path, and other content than JSON', () => {
    expect(openapiDocument([FILE], { version: '1' })).toMatchObject({
      paths: {
        '/api/v1/packs/views/file/{ref}/{path}': {
          get: {
            parameters: [
              { name: 'ref', in: 'path', required: true },
              { name: 'path', in: 'path', required: true },
            ],
            responses: { 200: { content: { 'application/octet-stream': { schema: { type: 'string' } } } } },
          },
        },
      },
    })
  })

  it('asks for no token where none is needed', () => {
    expect(openapiDocument([LOGIN], { version: '1' })).toMatchObject({
      security: [{ token: [] }, {}, {}, {}, {}],
      paths: { '/auth/v1/tokens': { post: { security: [{ basic: [] }], responses: { 201: {} } } } },
    })
  })

  it('refuses two schemas of one title', () => {
    const other: DocumentedRoute = { ...FILE, api: { summary: 'x', response: { title: 'Action', type: 'string' } } }
    expect(() => openapiDocument([LIST, other], { version: '1' })).toThrow('two schemas have the title "Action"')
  })
})
