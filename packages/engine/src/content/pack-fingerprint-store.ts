import { type PackFingerprint, packFingerprints } from '@st2/model'
import type { Store } from '../ports/store.ts'

const MAX_FINGERPRINTS = 10_000

/** What each pack looked like when it was last registered. */
export class PackFingerprintStore {
  readonly #store: Store

  constructor(store: Store) {
    this.#store = store
  }

  async all(): Promise<Map<string, PackFingerprint>> {
    const found = await this.#store.find(packFingerprints, { limit: MAX_FINGERPRINTS })
    return new Map(found.map((fingerprint) => [fingerprint.id, fingerprint]))
  }

  async save(...fingerprints: readonly PackFingerprint[]): Promise<void> {
    if (fingerprints.length > 0) await this.#store.put(packFingerprints, ...fingerprints)
  }

  /** The file of that action is new to the next registration, even if it says what it said before. */
  async forgetDefinition(pack: string, ref: string): Promise<void> {
    const known = await this.#store.get(packFingerprints, pack)
    if (known?.definitions?.[ref] === undefined) return
    const { [ref]: _forgotten, ...definitions } = known.definitions
    await this.save({ ...known, fingerprint: '', definitions })
  }

  /** The pack will be read again at the next registration, and everything in it is new then. */
  async forget(pack: string): Promise<void> {
    await this.#store.remove(packFingerprints, [{ field: 'id', op: 'eq', value: pack }], 1)
  }
}
