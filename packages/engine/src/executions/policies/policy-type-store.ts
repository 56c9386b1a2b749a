import { isDeepStrictEqual } from 'node:util'
import { NotFoundError, type PolicyType, policyTypes } from '@st2/model'
import { isObjectId, oneOf } from '../../content/content-filter.ts'
import { findByRef, findPage, type Page } from '../../content/listing.ts'
import type { Ids } from '../../ports/ids.ts'
import type { Order, Store } from '../../ports/store.ts'
import type { PolicyTypeManifest } from './shipped-policy-types.ts'

/** Policy types listed without a limit. */
const MAX_POLICY_TYPES = 1000

export interface PolicyTypeQuery {
  readonly id?: string | readonly string[] | undefined
  readonly name?: string | readonly string[] | undefined
  readonly resource_type?: string | readonly string[] | undefined
  /** Default: resource type, then name. */
  readonly order?: readonly Order[]
  readonly limit?: number | undefined
  readonly offset?: number | undefined
}

const BY_TYPE_AND_NAME: readonly Order[] = [
  { field: 'resource_type', direction: 'asc' },
  { field: 'name', direction: 'asc' },
]

export class PolicyTypeStore {
  readonly #store: Store
  readonly #ids: Ids

  constructor(store: Store, ids: Ids) {
    this.#store = store
    this.#ids = ids
  }

  findByRef(ref: string): Promise<PolicyType | null> {
    return findByRef(this.#store, policyTypes, ref)
  }

  async findByRefOrId(refOrId: string): Promise<PolicyType | null> {
    const byId = isObjectId(refOrId) ? await this.#store.get(policyTypes, refOrId) : null
    return byId ?? this.findByRef(refOrId)
  }

  list(query: PolicyTypeQuery = {}): Promise<Page<PolicyType>> {
    const { id, name, resource_type, order = BY_TYPE_AND_NAME, limit = MAX_POLICY_TYPES, offset = 0 } = query
    const filter = [...oneOf('id', id), ...oneOf('name', name), ...oneOf('resource_type', resource_type)]
    return findPage(this.#store, policyTypes, { filter, order, limit, offset })
  }

  /** The id of a known one stays; nothing is written when nothing has changed. Answers how many there are. */
  async register(manifests: readonly PolicyTypeManifest[]): Promise<number> {
    for (const manifest of manifests) {
      const ref = `${manifest.resource_type}.${manifest.name}`
      const known = await this.findByRef(ref)
      const type: PolicyType = {
        ...manifest,
        id: known?.id ?? this.#ids.next(),
        uid: `policy_type:${manifest.resource_type}:${manifest.name}`,
        ref,
      }
      if (!isDeepStrictEqual(known, JSON.parse(JSON.stringify(type)))) await this.#store.put(policyTypes, type)
    }
    return manifests.length
  }
}

/** @throws NotFoundError */
export async function findPolicyType(types: PolicyTypeStore, refOrId: string): Promise<PolicyType> {
  const type = await types.findByRefOrId(refOrId)
  if (type === null) throw new NotFoundError(`PolicyType with a reference of id "${refOrId}" not found.`)
  return type
}
