import { NotFoundError, type RunnerManifest, type RunnerType, runnerTypes } from '@st2/model'
import type { Ids } from '../ports/ids.ts'
import type { Order, Store } from '../ports/store.ts'
import { ContentCache } from './content-cache.ts'
import type { ContentChanges } from './content-changes.ts'
import { isObjectId, oneOf } from './content-filter.ts'
import { findPage, type Page } from './listing.ts'

const MAX_RUNNER_TYPES = 1000

/** As stored: also what the manifest said about `enabled`, so that a user's own choice can be told from it. */
interface StoredRunnerType extends RunnerType {
  readonly manifest_enabled?: boolean
}

export interface RunnerTypeQuery {
  readonly name?: string | readonly string[] | undefined
  readonly order?: readonly Order[]
  readonly limit?: number | undefined
  readonly offset?: number | undefined
}

/** Runner types by name and id. What the find methods answer is shared and frozen. */
export class RunnerTypeStore {
  readonly #store: Store
  readonly #changes: ContentChanges
  readonly #ids: Ids
  readonly #cache = new ContentCache<RunnerType>(MAX_RUNNER_TYPES)

  constructor(store: Store, changes: ContentChanges, ids: Ids) {
    this.#store = store
    this.#changes = changes
    this.#ids = ids
    changes.onChange('runner_type', () => this.#cache.forget())
  }

  findByName(name: string): Promise<RunnerType | null> {
    return this.#cache.get(name, async () => {
      const stored = await this.#findStored(name)
      return stored === null ? null : shown(stored)
    })
  }

  async findByNameOrId(nameOrId: string): Promise<RunnerType | null> {
    const byId = isObjectId(nameOrId) ? await this.#store.get(runnerTypes, nameOrId) : null
    return byId === null ? this.findByName(nameOrId) : this.findByName(byId.name)
  }

  async list(query: RunnerTypeQuery = {}): Promise<Page<RunnerType>> {
    const { limit = MAX_RUNNER_TYPES, offset = 0, order = [{ field: 'name', direction: 'asc' }] } = query
    const filter = oneOf('name', query.name)
    const { rows, total } = await findPage(this.#store, runnerTypes, { filter, order, limit, offset })
    return { rows: rows.map(shown), total }
  }

  /** The only thing about a runner that users change. It outlives restarts and upgrades. */
  async setEnabled(name: string, enabled: boolean): Promise<RunnerType> {
    const stored = await this.#findStored(name)
    if (stored === null) throw new NotFoundError(`RunnerType with a name or id "${name}" not found`)
    await this.#store.put(runnerTypes, { ...stored, enabled })
    this.#changes.announce('runner_type', stored.id)
    return shown({ ...stored, enabled })
  }

  /**
   * Registers what the runners say about themselves. The id of a known one stays, and so does `enabled` if a user has
   * set it to something else than the manifest said. Nothing is written when nothing has changed.
   */
  async register(manifests: readonly RunnerManifest[]): Promise<void> {
    const known = await this.#store.find(runnerTypes, { limit: MAX_RUNNER_TYPES })
    const byName = new Map<string, StoredRunnerType>(known.map((stored) => [stored.name, stored]))
    const changed = manifests.flatMap((manifest) => {
      const stored = byName.get(manifest.name)
      const next = registered(manifest, stored, stored?.id ?? this.#ids.next())
      return stored !== undefined && sameJson(stored, next) ? [] : [next]
    })
    if (changed.length === 0) return
    await this.#store.put(runnerTypes, ...changed)
    this.#changes.announce('runner_type', null)
  }

  async #findStored(name: string): Promise<StoredRunnerType | null> {
    const [stored] = await this.#store.find(runnerTypes, { filter: oneOf('name', name), limit: 1 })
    return stored ?? null
  }
}

function registered(manifest: RunnerManifest, stored: StoredRunnerType | undefined, id: string): StoredRunnerType {
  const isUserSet = stored?.manifest_enabled !== undefined && stored.enabled !== stored.manifest_enabled
  return {
    ...manifest,
    id,
    uid: `runner_type:${manifest.name}`,
    enabled: isUserSet ? stored.enabled : manifest.enabled,
    manifest_enabled: manifest.enabled,
  }
}

function shown(stored: StoredRunnerType): RunnerType {
  const { manifest_enabled: _manifestEnabled, ...runnerType } = stored
  return runnerType
}

function sameJson(left: object, right: object): boolean {
  return canonical(left) === canonical(right)
}

/** JSON whose text does not depend on the order of keys at the top level; deeper, manifests are constant. */
function canonical(value: object): string {
  return JSON.stringify(Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))))
}
