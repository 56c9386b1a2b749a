import type { Pack } from '@st2/model'
import type { Http, RequestOptions } from '../http.ts'
import { fetchList, type List, type ListQuery } from '../list.ts'
import type { Urls } from '../urls.ts'

export interface PackListQuery extends ListQuery {
  readonly id?: readonly string[] | undefined
  readonly name?: string | undefined
  readonly ref?: string | undefined
}

/** A text of a pack; the path is relative to the pack. */
export interface PackText {
  readonly file_path: string
  readonly content: string
}

export type PacksResource = ReturnType<typeof packsResource>

/** @source rest-api.md 9.8 */
export function packsResource(http: Http, urls: Urls) {
  return {
    list: (query?: PackListQuery, options?: RequestOptions): Promise<List<Pack>> =>
      fetchList(http, urls.collection('packs', { ...query }), options),
    get: (refOrId: string, options?: RequestOptions): Promise<Pack> => http.json(urls.item('packs', refOrId), options),
    /** The text of one file of the pack; the path is relative to the pack. */
    file: (ref: string, path: string, options?: RequestOptions): Promise<string> =>
      http.text(urls.packFile(ref, path), options),
    /** All texts of the pack. */
    files: (ref: string, options?: RequestOptions): Promise<readonly PackText[]> =>
      http.json(urls.packFiles(ref), options),
    /** Address of one file of the pack, for an image or a link. */
    fileUrl: (ref: string, path: string): string => urls.packFile(ref, path),
  }
}
