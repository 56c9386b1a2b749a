import type { Action, ActionClone, ActionDelete, ParameterSchemas } from '@st2/model'
import type { Http, HttpRequest, RequestOptions } from '../http.ts'
import { fetchList, type List, type ListQuery } from '../list.ts'
import type { Urls } from '../urls.ts'

export interface ActionListQuery extends ListQuery {
  readonly id?: readonly string[] | undefined
  readonly name?: string | undefined
  readonly pack?: string | undefined
  readonly tags?: string | undefined
}

/** An action, and what of it a later save can be based on; null: the server does not tell. */
export interface ActionAtRevision {
  readonly action: Action
  readonly revision: string | null
}

export interface SaveOptions extends RequestOptions {
  /** Of the action that was edited: who was slower than another editor is refused with 412. @default the last one wins */
  readonly revision?: string | null | undefined
}

export type ActionsResource = ReturnType<typeof actionsResource>

/** @source rest-api.md 9.2 */
export function actionsResource(http: Http, urls: Urls) {
  return {
    list: (query?: ActionListQuery, options?: RequestOptions): Promise<List<Action>> =>
      fetchList(http, urls.collection('actions', { ...query }), options),
    get: (refOrId: string, options?: RequestOptions): Promise<Action> =>
      http.json(urls.item('actions', refOrId), options),
    /** For an editor. Files of the action are to be loaded after it: what changes in between is noticed then. */
    load: (refOrId: string, options?: RequestOptions): Promise<ActionAtRevision> =>
      atRevision(http, urls.item('actions', refOrId), options),
    /** As `create`, and answers the revision that was made. */
    make: (body: unknown, options?: RequestOptions): Promise<ActionAtRevision> =>
      atRevision(http, urls.collection('actions'), { ...options, method: 'POST', body }),
    /** As `update`, and answers the revision that was made. */
    save: (refOrId: string, body: unknown, { revision, ...options }: SaveOptions = {}): Promise<ActionAtRevision> =>
      atRevision(http, urls.item('actions', refOrId), {
        ...options,
        method: 'PUT',
        body,
        ...(revision ? { headers: { 'if-match': revision } } : {}),
      }),
    /** Actions whose `parameters` are the runner's overlaid by their own. */
    overview: (query?: ActionListQuery, options?: RequestOptions): Promise<List<Action>> =>
      fetchList(http, urls.actionsOverview({ ...query }), options),
    overviewOf: (refOrId: string, options?: RequestOptions): Promise<Action> =>
      http.json(urls.actionOverview(refOrId), options),
    /** The runner's parameters overlaid by the action's. */
    parameters: async (refOrId: string, options?: RequestOptions): Promise<ParameterSchemas> =>
      (await http.json<{ parameters: ParameterSchemas }>(urls.actionParameters(refOrId), options)).parameters,
    /** The text of the file the action runs. */
    entryPoint: (refOrId: string, options?: RequestOptions): Promise<string> =>
      http.text(urls.actionEntryPoint(refOrId), options),
    create: (body: unknown, options?: RequestOptions): Promise<Action> =>
      http.json(urls.collection('actions'), { ...options, method: 'POST', body }),
    /** The whole action, not a part of it. */
    update: (refOrId: string, body: unknown, options?: RequestOptions): Promise<Action> =>
      http.json(urls.item('actions', refOrId), { ...options, method: 'PUT', body }),
    remove: async (refOrId: string, body?: ActionDelete, options?: RequestOptions): Promise<void> => {
      await http.send(urls.item('actions', refOrId), { ...options, method: 'DELETE', body })
    },
    /** Under another name, its entry point too. */
    clone: (refOrId: string, body: ActionClone, options?: RequestOptions): Promise<Action> =>
      http.json(urls.actionClone(refOrId), { ...options, method: 'POST', body }),
  }
}

async function atRevision(http: Http, url: string, request?: HttpRequest): Promise<ActionAtRevision> {
  const response = await http.send(url, request)
  return { action: await http.read<Action>(response, url), revision: response.headers.get('etag') }
}
