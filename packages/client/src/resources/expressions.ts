import type { ExpressionRequest } from '@st2/model'
import type { Http, RequestOptions } from '../http.ts'
import type { Urls } from '../urls.ts'

/** What an expression gave: its value, or why it failed. */
export type ExpressionAnswer = { readonly value: unknown } | { readonly error: string }

export type ExpressionsResource = ReturnType<typeof expressionsResource>

export function expressionsResource(http: Http, urls: Urls) {
  return {
    /** @throws ApiError for a request that is none; an expression that fails is an answer */
    evaluate: (request: ExpressionRequest, options?: RequestOptions): Promise<ExpressionAnswer> =>
      http.json(urls.collection('expressions/evaluate'), { ...options, method: 'POST', body: request }),
  }
}
