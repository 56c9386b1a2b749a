import type {
  ActionAlias,
  ActionAliasHelp,
  ActionAliasMatch,
  ActionAliasRequest,
  AliasMatchAndExecuteRequest,
  Execution,
} from '@st2/model'
import type { Http, RequestOptions } from '../http.ts'
import { fetchList, type List, type ListQuery } from '../list.ts'
import type { Urls } from '../urls.ts'

export interface ActionAliasListQuery extends ListQuery {
  readonly name?: string | undefined
  readonly pack?: string | undefined
}

export interface ActionAliasHelpQuery {
  readonly pack?: string | undefined
  /** Regular expression on what is displayed, whatever the case of its letters. */
  readonly filter?: string | undefined
  /** 0: all. */
  readonly limit?: number | undefined
  readonly offset?: number | undefined
}

export interface AliasExecutions {
  readonly results: readonly {
    readonly execution: Execution
    readonly actionalias: ActionAlias
    readonly message?: string
    readonly extra?: unknown
  }[]
}

export type ActionAliasesResource = ReturnType<typeof actionAliasesResource>

/** Sentences that run actions. @source rest-api.md 9.4 */
export function actionAliasesResource(http: Http, urls: Urls) {
  return {
    list: (query?: ActionAliasListQuery, options?: RequestOptions): Promise<List<ActionAlias>> =>
      fetchList(http, urls.collection('actionalias', { ...query }), options),
    get: (refOrId: string, options?: RequestOptions): Promise<ActionAlias> =>
      http.json(urls.item('actionalias', refOrId), options),
    create: (body: ActionAliasRequest, options?: RequestOptions): Promise<ActionAlias> =>
      http.json(urls.collection('actionalias'), { ...options, method: 'POST', body }),
    /** The whole alias, not a part of it. */
    update: (refOrId: string, body: ActionAliasRequest, options?: RequestOptions): Promise<ActionAlias> =>
      http.json(urls.item('actionalias', refOrId), { ...options, method: 'PUT', body }),
    remove: async (refOrId: string, options?: RequestOptions): Promise<void> => {
      await http.send(urls.item('actionalias', refOrId), { ...options, method: 'DELETE' })
    },
    /** The one alias that a command means. */
    match: (command: string, options?: RequestOptions): Promise<ActionAliasMatch> =>
      http.json(urls.item('actionalias', 'match'), { ...options, method: 'POST', body: { command } }),
    /** Runs what a command means; the answer holds an execution for each time that it means something. */
    matchAndExecute: (body: AliasMatchAndExecuteRequest, options?: RequestOptions): Promise<AliasExecutions> =>
      http.json(urls.item('aliasexecution', 'match_and_execute'), { ...options, method: 'POST', body }),
    help: (query?: ActionAliasHelpQuery, options?: RequestOptions): Promise<ActionAliasHelp> =>
      http.json(urls.item('actionalias', 'help', { ...query }), options),
  }
}
