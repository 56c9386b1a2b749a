import { InvalidError, type PackConfig, type PackConfigSchema, packConfigSchemas, packConfigs } from '@st2/model'
import { maskParameters } from '@st2/schema'
import type { Sealer } from '../datastore/encryption-key.ts'
import { isRecord, openRecord } from '../datastore/sealed-record.ts'
import type { TemplateLookUps } from '../datastore/template-look-ups.ts'
import type { Ids } from '../ports/ids.ts'
import type { Store } from '../ports/store.ts'
import { ContentCache } from './content-cache.ts'
import type { ContentChanges } from './content-changes.ts'
import { oneOf } from './content-filter.ts'
import { findPage, type Page } from './listing.ts'
import { type ResolvedPackConfig, resolvePackConfig } from './pack-config.ts'

const MAX_CONFIGS = 10_000

/** The values a site gives a pack, secret ones sealed, and what the pack allows; each at most once per pack. */
export class PackConfigStore {
  readonly #store: Store
  readonly #changes: ContentChanges
  readonly #ids: Ids
  readonly #sealer: Sealer
  readonly #configs = new ContentCache<PackConfig>(MAX_CONFIGS)
  readonly #schemas = new ContentCache<PackConfigSchema>(MAX_CONFIGS)

  constructor(store: Store, changes: ContentChanges, ids: Ids, sealer: Sealer) {
    this.#store = store
    this.#changes = changes
    this.#ids = ids
    this.#sealer = sealer
    changes.onChange('config', () => this.#configs.forget())
    changes.onChange('config_schema', () => this.#schemas.forget())
  }

  findByPack(pack: string): Promise<PackConfig | null> {
    return this.#configs.get(pack, async () => {
      const [config] = await this.#store.find(packConfigs, { filter: oneOf('pack', pack), limit: 1 })
      return config === undefined ? null : this.#open(config)
    })
  }

  findSchema(pack: string): Promise<PackConfigSchema | null> {
    return this.#schemas.get(pack, async () => {
      const [schema] = await this.#store.find(packConfigSchemas, { filter: oneOf('pack', pack), limit: 1 })
      return schema ?? null
    })
  }

  /**
   * What actions of the pack see: the site's values, dynamic ones rendered for the user, with the schema's defaults.
   *
   * @throws InvalidError naming the key of a value that cannot be rendered, or the pack whose secrets cannot be opened
   */
  async resolve(pack: string, user: string, lookUps: TemplateLookUps): Promise<ResolvedPackConfig> {
    const [config, schema] = await Promise.all([this.findByPack(pack), this.findSchema(pack)])
    if (config?.sealed !== undefined) throw unreadable(pack)
    return lookUps.evaluate(user, ({ st2kv }) => {
      const render = (template: string, isSecret: boolean) => lookUps.renderConfigValue(template, isSecret, { st2kv })
      return resolvePackConfig(pack, config?.values ?? {}, schema?.attributes ?? {}, render)
    })
  }

  async list(page: { limit?: number | undefined; offset?: number | undefined } = {}): Promise<Page<PackConfig>> {
    const { limit = MAX_CONFIGS, offset = 0 } = page
    const order = [{ field: 'pack', direction: 'asc' }] as const
    const { rows, total } = await findPage(this.#store, packConfigs, { order, limit, offset })
    return { rows: rows.map((config) => this.#open(config)), total }
  }

  listSchemas(page: { limit?: number | undefined; offset?: number | undefined } = {}): Promise<Page<PackConfigSchema>> {
    const { limit = MAX_CONFIGS, offset = 0 } = page
    const order = [{ field: 'pack', direction: 'asc' }] as const
    return findPage(this.#store, packConfigSchemas, { order, limit, offset })
  }

  /** Replaces the values of a pack; they must have been validated. */
  async save(pack: string, values: Record<string, unknown>): Promise<PackConfig> {
    const id = (await this.findByPack(pack))?.id ?? this.#ids.next()
    const config: PackConfig = { id, pack, values }
    await this.#store.put(packConfigs, await this.#seal(config))
    this.#changes.announce('config', id)
    return config
  }

  async saveSchema(pack: string, attributes: PackConfigSchema['attributes']): Promise<PackConfigSchema> {
    const id = (await this.findSchema(pack))?.id ?? this.#ids.next()
    const schema: PackConfigSchema = { id, pack, attributes }
    await this.#store.put(packConfigSchemas, schema)
    this.#changes.announce('config_schema', id)
    const config = await this.findByPack(pack)
    // Other values may be secret now.
    if (config !== null && config.sealed === undefined) await this.save(pack, config.values)
    return schema
  }

  async remove(pack: string): Promise<void> {
    await this.#store.remove(packConfigs, oneOf('pack', pack), 1)
    await this.#store.remove(packConfigSchemas, oneOf('pack', pack), 1)
    this.#changes.announce('config', null)
    this.#changes.announce('config_schema', null)
  }

  async #seal(config: PackConfig): Promise<PackConfig> {
    const shown = maskParameters((await this.findSchema(config.pack))?.attributes ?? {}, config.values)
    if (shown === config.values || !isRecord(shown)) return config
    return { ...config, values: shown, sealed: this.#sealer.seal(config.values) }
  }

  /** Under another key it stays sealed, until it is registered again. */
  #open(config: PackConfig): PackConfig {
    const { sealed, ...shown } = config
    if (sealed === undefined) return config
    const values = openRecord(this.#sealer, sealed)
    return values === null ? config : { ...shown, values }
  }
}

function unreadable(pack: string): InvalidError {
  return new InvalidError(
    `Secret values in the config of pack "${pack}" cannot be opened: the encryption key has changed. Register its config again.`,
  )
}
