import type { FastifyInstance } from 'fastify'
import { cloneAction, createAction, type Engine, removeAction, updateAction } from '@st2/engine'
import { actionCloneSchema, actionCreateSchema, actionDeleteSchema, actionSchema, actionUpdateSchema } from '@st2/model'
import { principalOf } from '../http/guard.ts'
import { bodyReader } from '../http/request-body.ts'
import { knownRevisions, sendEdited } from '../http/revisions.ts'

const readCreate = bodyReader(actionCreateSchema)
const readUpdate = bodyReader(actionUpdateSchema)
const readDelete = bodyReader(actionDeleteSchema)
const readClone = bodyReader(actionCloneSchema)

/** @source rest-api.md 9.2 */
export function actionWriteRoutes(app: FastifyInstance, { engine }: { readonly engine: Engine }): void {
  const deps = engine.contentEditDeps

  app.post(
    '/api/v1/actions',
    {
      config: {
        permission: 'action_create',
        api: { summary: 'Creates an action', body: actionCreateSchema, status: 201, response: actionSchema },
      },
    },
    async (request, reply) =>
      sendEdited(reply, await createAction(deps, principalOf(request), readCreate(request)), 201),
  )

  app.put<ByRef>(
    '/api/v1/actions/:ref',
    {
      config: {
        permission: 'action_modify',
        api: {
          summary: 'Replaces an action; one that is not what If-Match names is left alone',
          body: actionUpdateSchema,
          response: actionSchema,
        },
      },
    },
    async (request, reply) => {
      const options = { request: readUpdate(request), known: knownRevisions(request) }
      return sendEdited(reply, await updateAction(deps, principalOf(request), request.params.ref, options), 200)
    },
  )

  app.delete<ByRef>(
    '/api/v1/actions/:ref',
    {
      config: {
        permission: 'action_delete',
        api: { summary: 'Removes an action', body: actionDeleteSchema, status: 204 },
      },
    },
    async (request, reply) => {
      const options = { request: readDelete(request), known: knownRevisions(request) }
      await removeAction(deps, principalOf(request), request.params.ref, options)
      return reply.code(204).send()
    },
  )

  app.post<ByRef>(
    '/api/v1/actions/:ref/clone',
    {
      config: {
        permission: 'action_create',
        api: { summary: 'Copies an action', body: actionCloneSchema, status: 201, response: actionSchema },
      },
    },
    async (request, reply) =>
      sendEdited(reply, await cloneAction(deps, principalOf(request), request.params.ref, readClone(request)), 201),
  )
}

interface ByRef {
  Params: { ref: string }
}
