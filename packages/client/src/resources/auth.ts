import type { Token } from '@st2/model'
import type { Http, RequestOptions } from '../http.ts'
import type { Urls } from '../urls.ts'

export type AuthResource = ReturnType<typeof authResource>

/** @source rest-api.md 3.2 */
export function authResource(http: Http, urls: Urls) {
  return {
    /** @param ttlSeconds how long the token is to live; the server's default when absent */
    login: (username: string, password: string, ttlSeconds?: number, options?: RequestOptions): Promise<Token> =>
      http.json(urls.tokens(), {
        ...options,
        method: 'POST',
        body: ttlSeconds === undefined ? {} : { ttl: ttlSeconds },
        headers: { authorization: basicAuthorization(username, password) },
        isLogin: true,
      }),
    /** Whether a token is known and has not expired. */
    validate: async (token: string, options?: RequestOptions): Promise<boolean> =>
      (await http.json<{ valid: boolean }>(urls.tokenValidation(), { ...options, method: 'POST', body: { token } }))
        .valid,
  }
}

/** Value of an Authorization header; the pair is sent as UTF-8. */
export function basicAuthorization(username: string, password: string): string {
  const bytes = new TextEncoder().encode(`${username}:${password}`)
  return `Basic ${btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))}`
}
