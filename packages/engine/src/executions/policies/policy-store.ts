import { type Policy, policies } from '@st2/model'
import type { ContentChanges } from '../../content/content-changes.ts'
import { isObjectId, oneOf } from '../../content/content-filter.ts'
import {
  BY_PACK_AND_NAME,
  conditionsOf,
  findByRef,
  findPage,
  type Listing,
  type NameFilter,
  type Page,
  type Wanted,
} from '../../content/listing.ts'
import type { Log } from '../../ports/log.ts'
import type { Store } from '../../ports/store.ts'
import { PolicyBook } from './governing-policies.ts'

/** Policies there may be; the book of them is kept in memory. */
const MAX_POLICIES = 100_000

/** `resource_ref`: ref of the action. */
type PolicyFilter = NameFilter & Readonly<{ resource_ref?: Wanted; policy_type?: Wanted }>

/**
 * Policies in the store, and the book of those that govern now: every request and every end of an execution looks into it, so
 * it is in memory. It is read again before a write of this process is over, and when another process tells of one.
 */
export class PolicyStore {
  readonly #store: Store
  readonly #changes: ContentChanges
  #book = PolicyBook.EMPTY
  /** Counts readings: of two that overlap, the later one counts. */
  #readings = 0

  private constructor(store: Store, changes: ContentChanges) {
    this.#store = store
    this.#changes = changes
  }

  static async open(store: Store, changes: ContentChanges, log: Log): Promise<PolicyStore> {
    const opened = new PolicyStore(store, changes)
    changes.onChange('policy', () => {
      opened.readBook().catch((err: unknown) => log.error({ err }, 'changed policies could not be read'))
    })
    await opened.readBook()
    return opened
  }

  get book(): PolicyBook {
    return this.#book
  }

  async readBook(): Promise<void> {
    const reading = ++this.#readings
    const all = await this.#store.find(policies, { limit: MAX_POLICIES })
    if (reading === this.#readings) this.#book = new PolicyBook(all, this.#book)
  }

  findByRef(ref: string): Promise<Policy | null> {
    return findByRef(this.#store, policies, ref)
  }

  findById(id: string): Promise<Policy | null> {
    return this.#store.get(policies, id)
  }

  async findByRefOrId(refOrId: string): Promise<Policy | null> {
    const byId = isObjectId(refOrId) ? await this.findById(refOrId) : null
    return byId ?? this.findByRef(refOrId)
  }

  list(query: Listing<PolicyFilter> = {}): Promise<Page<Policy>> {
    const { filter = {}, order = BY_PACK_AND_NAME, limit = MAX_POLICIES, offset = 0 } = query
    return findPage(this.#store, policies, { filter: conditionsOf(filter), order, limit, offset })
  }

  /** @throws ConflictError when the ref is taken, or the action has a policy of that type */
  async create(policy: Policy): Promise<void> {
    await this.#store.insert(policies, policy)
    await this.#changed(policy.id)
  }

  /** Inserts or replaces by id. @throws ConflictError as `create` */
  async save(policy: Policy): Promise<void> {
    await this.#store.put(policies, policy)
    await this.#changed(policy.id)
  }

  async remove(id: string): Promise<void> {
    await this.#store.remove(policies, oneOf('id', id), 1)
    await this.#changed(id)
  }

  async #changed(id: string): Promise<void> {
    await this.readBook()
    this.#changes.announce('policy', id)
  }
}
