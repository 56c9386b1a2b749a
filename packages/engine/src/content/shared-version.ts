import { documentVersions } from '@st2/model'
import type { Ids } from '../ports/ids.ts'
import type { Store } from '../ports/store.ts'

/**
 * Whether documents of a kind were written since they were last read. Where several processes share a store a message may come after
 * what it tells of: who decides by what it keeps in memory asks here first.
 */
export class SharedVersion {
  readonly #store: Store
  readonly #ids: Ids
  readonly #kind: string

  constructor(store: Store, ids: Ids, kind: string) {
    this.#store = store
    this.#ids = ids
    this.#kind = kind
  }

  /** After a write, and before anybody is told that it was done. */
  async change(): Promise<void> {
    await this.#store.put(documentVersions, { id: this.#kind, token: this.#ids.token() })
  }

  /** Equal to an earlier answer: nothing was written in between. */
  async current(): Promise<string> {
    return (await this.#store.get(documentVersions, this.#kind))?.token ?? ''
  }
}
