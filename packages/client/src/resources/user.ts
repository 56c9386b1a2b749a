import type { Http, RequestOptions } from '../http.ts'
import type { Urls } from '../urls.ts'

/** Who is asking, and what they may do. @source rest-api.md 9.1 */
export interface CurrentUser {
  readonly username: string
  readonly authentication: {
    readonly method: string
    readonly location: string
    readonly token_expire?: string
  }
  readonly rbac: {
    readonly enabled: boolean
    readonly roles: string[]
    readonly is_admin: boolean
  }
}

export type UserResource = ReturnType<typeof userResource>

export function userResource(http: Http, urls: Urls) {
  return {
    me: (options?: RequestOptions): Promise<CurrentUser> => http.json(urls.user(), options),
  }
}
