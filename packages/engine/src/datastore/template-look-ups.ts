import {
  type Environment,
  KeyPathNode,
  type Limits,
  MissingKeyError,
  platformEnvironmentWith,
  renderTemplate,
  valueOf,
} from '@st2/expressions'
import { InvalidError } from '@st2/model'
import { str } from '@st2/python-values'
import { type KeyAddress, keyAddress } from './key-scopes.ts'
import type { KeyValueStore } from './key-value-store.ts'
import type { ValueCipher } from './value-cipher.ts'
import { YAML_CODEC } from './yaml-codec.ts'

/** Datastore items that one evaluation may look up. */
const MAX_LOOK_UPS = 1000

/** The names that look-ups give to templates. */
export interface LookUpNames {
  readonly st2kv: unknown
}

/**
 * Lets templates use the datastore although expressions do no I/O: an evaluation that lacks an item ends, the item is
 * fetched with the rights of the user, and it is evaluated again. An item that is not there is an empty text.
 * @source expressions.md 15
 */
export class TemplateLookUps {
  /** The platform's filters and `decrypt_kv`. */
  readonly environment: Environment
  readonly #keys: KeyValueStore
  readonly #cipher: ValueCipher

  /** @param limits of every evaluation. @default the languages' own */
  constructor(keys: KeyValueStore, cipher: ValueCipher, limits?: Limits) {
    this.#keys = keys
    this.#cipher = cipher
    this.environment = platformEnvironmentWith({ decrypt_kv: (value) => decrypted(cipher, value) }, YAML_CODEC, limits)
  }

  /** @param user whose `st2kv.user` items are meant */
  async evaluate<T>(user: string, evaluate: (names: LookUpNames) => T): Promise<T> {
    const known = new Map<string, string>()
    const names = { st2kv: new KeyPathNode('st2kv', known) }
    for (;;) {
      try {
        return evaluate(names)
      } catch (error) {
        if (!(error instanceof MissingKeyError)) throw error
        if (known.size >= MAX_LOOK_UPS) {
          throw new InvalidError(`More than ${MAX_LOOK_UPS} datastore items are looked up by one evaluation.`)
        }
        known.set(error.key, (await this.fetch(user, error.key)) ?? '')
      }
    }
  }

  /** A value of a pack's configuration; a secret one is a ciphertext. */
  renderConfigValue(template: string, isSecret: boolean, names: LookUpNames): string {
    const text = renderTemplate(template, { ...names }, { undefined: 'strict', environment: this.environment })
    return isSecret && text !== '' ? this.#cipher.decrypt(text) : text
  }

  /** The item `system.<name>` or `user.<name>` as it is stored; null when there is none. */
  async fetch(user: string, key: string): Promise<string | null> {
    const address = addressOf(user, key)
    if (address === null) return null
    return (await this.#keys.find(address))?.value ?? null
  }
}

/** `system.a.b` and `user.a.b`; anything else names no item. */
function addressOf(user: string, key: string): KeyAddress | null {
  const dot = key.indexOf('.')
  if (dot === -1) return null
  const [scope, name] = [key.slice(0, dot), key.slice(dot + 1)]
  if (scope === 'system') return keyAddress('st2kv.system', user, name)
  return scope === 'user' ? keyAddress('st2kv.user', user, name) : null
}

function decrypted(cipher: ValueCipher, value: unknown): string {
  const ciphertext = str(valueOf(value))
  if (ciphertext !== '') return cipher.decrypt(ciphertext)
  const name = value instanceof KeyPathNode ? value.spelling : ''
  throw new InvalidError(`Referenced datastore item "${name}" doesn't exist or it contains an empty string`)
}
