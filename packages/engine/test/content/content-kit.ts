import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { COLLECTIONS, type RunnerManifest } from '@st2/model'
import { InProcessBus } from '../../src/adapters/in-process/bus.ts'
import { openSqliteStore } from '../../src/adapters/sqlite/sqlite-store.ts'
import { systemClock } from '../../src/adapters/system/clock.ts'
import { systemIds } from '../../src/adapters/system/ids.ts'
import { type ContentStores, openContentStores } from '../../src/content/content-stores.ts'
import { PackFiles } from '../../src/content/pack-files.ts'
import { registerContent, registerRunnerTypes, type RegistrationOptions } from '../../src/content/register-content.ts'
import type { Registrar } from '../../src/content/registrar.ts'
import type { RegistrationReport } from '../../src/content/registration-report.ts'
import type { Log } from '../../src/ports/log.ts'
import { Sealer } from '../../src/datastore/encryption-key.ts'
import { KeyValueStore } from '../../src/datastore/key-value-store.ts'
import { TemplateLookUps } from '../../src/datastore/template-look-ups.ts'
import { ValueCipher } from '../../src/datastore/value-cipher.ts'
import type { Store } from '../../src/ports/store.ts'

/** The packs that come with the server. */
export const SHIPPED_PACKS = join(import.meta.dirname, '..', '..', '..', '..', 'packs')

export const MANIFESTS: readonly RunnerManifest[] = JSON.parse(
  readFileSync(join(import.meta.dirname, 'runner-types.json'), 'utf8'),
)

export const PACK_YAML = 'name: demo\ndescription: d\nversion: 1.0.0\nauthor: a\nemail: a@example.com\n'

const quiet: Log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }

/** A folder with packs/, configs/ and overrides/, and a server's content on top of a store of its own. */
export class ContentKit implements AsyncDisposable {
  readonly folder: string
  readonly store: Store
  readonly bus: InProcessBus
  readonly stores: ContentStores
  readonly sealer: Sealer
  readonly packFiles: PackFiles
  /** Of the kinds that features own. */
  registrars: readonly Registrar[] = []
  readonly #close: () => Promise<void>

  private constructor(
    parts: Pick<ContentKit, 'folder' | 'store' | 'bus' | 'stores' | 'sealer' | 'packFiles'>,
    close: () => Promise<void>,
  ) {
    this.folder = parts.folder
    this.store = parts.store
    this.bus = parts.bus
    this.stores = parts.stores
    this.sealer = parts.sealer
    this.packFiles = parts.packFiles
    this.#close = close
  }

  static async open(
    options: { extraPacks?: readonly string[]; manifests?: readonly RunnerManifest[] } = {},
  ): Promise<ContentKit> {
    const folder = mkdtempSync(join(tmpdir(), 'st2-content-'))
    for (const name of ['packs', 'configs', 'overrides']) mkdirSync(join(folder, name))
    const { store } = await openSqliteStore({ path: ':memory:', collections: COLLECTIONS, log: quiet })
    const bus = new InProcessBus({ log: quiet })
    const sealer = new Sealer({ aes: Buffer.alloc(32, 1), hmac: Buffer.alloc(32, 2) }, systemIds())
    const stores = await openContentStores({ store, ids: systemIds(), bus, sealer })
    await registerRunnerTypes({ stores }, options.manifests ?? MANIFESTS)
    const packFiles = new PackFiles([join(folder, 'packs'), ...(options.extraPacks ?? [])], 1000)
    return new ContentKit({ folder, store, bus, stores, sealer, packFiles }, async () => {
      await stores.subscription.stop()
      await bus.close()
      await store.close()
      rmSync(folder, { recursive: true })
    })
  }

  /** Writes files below the folder, by relative name. */
  write(files: Readonly<Record<string, string | Uint8Array>>): this {
    for (const [name, text] of Object.entries(files)) {
      const path = join(this.folder, name)
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, text)
    }
    return this
  }

  register(options: Partial<RegistrationOptions> = {}): Promise<RegistrationReport> {
    const deps = {
      stores: this.stores,
      ids: systemIds(),
      packFiles: this.packFiles,
      configsDir: join(this.folder, 'configs'),
      overridesDir: join(this.folder, 'overrides'),
      maxMetadataSize: 10_000,
      registrars: this.registrars,
    }
    return registerContent(deps, { read: 'changed', ...options })
  }

  /** What actions of the pack see, for a user without datastore items. */
  async resolveConfig(pack: string): Promise<Record<string, unknown>> {
    const key = { aes: Buffer.alloc(32, 1), hmac: Buffer.alloc(32, 2) }
    const cipher = new ValueCipher(key, systemIds())
    const lookUps = new TemplateLookUps(new KeyValueStore(this.store, systemClock()), cipher)
    return (await this.stores.packConfigs.resolve(pack, 'ann', lookUps)).values
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#close()
  }
}
