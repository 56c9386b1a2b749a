import {
  AccessDeniedError,
  InvalidError,
  type KeyScope,
  type KeyValuePair,
  type KeyValueSet,
  NotFoundError,
} from '@st2/model'
import type { Principal } from '../access/principal.ts'
import type { Clock } from '../ports/clock.ts'
import type { Ids } from '../ports/ids.ts'
import type { Order } from '../ports/store.ts'
import { timestampOf } from '../ports/timestamp.ts'
import { fullScope, type KeyAddress, keyAddress, listedScopes } from './key-scopes.ts'
import type { KeyValueStore } from './key-value-store.ts'
import type { ValueCipher } from './value-cipher.ts'

export interface KeyValueDeps {
  readonly keys: KeyValueStore
  readonly cipher: ValueCipher
  readonly clock: Clock
  readonly ids: Ids
  /** `[keyvalue] enable_encryption` */
  readonly isEncryptionEnabled: boolean
  /** Told of what was written, after it is durable; what fails there fails the request, which may be repeated. */
  readonly changed?: (change: KeyChange) => Promise<void>
}

/** What became of an item. Null: it was, or is, not there. */
export interface KeyChange {
  readonly before: KeyValuePair | null
  readonly after: KeyValuePair | null
  /** Whether the value is another, secrets compared in plain. */
  readonly isOtherValue: boolean
}

/** An item for somebody to see: `value` is plain text when it was no secret or was deciphered on demand. */
export interface ShownKey {
  readonly item: KeyValuePair
  readonly value: string
  readonly isEncrypted: boolean
}

export interface KeyPlace {
  readonly scope: string | undefined
  readonly user: string | undefined
}

export interface KeyListing extends KeyPlace {
  readonly prefix: string
  readonly id: string | undefined
  readonly name: string | undefined
  readonly decrypts: boolean
  readonly order: readonly Order[]
  readonly limit: number
  readonly offset: number
}

/** @throws NotFoundError, AccessDeniedError @source rest-api.md 9.10 */
export async function readKey(
  deps: KeyValueDeps,
  principal: Principal,
  name: string,
  place: KeyPlace,
  decrypts: boolean,
): Promise<ShownKey> {
  const address = addressFor(principal, name, place)
  const item = await deps.keys.find(address)
  if (item === null) throw unknownKey(address)
  return show(deps, item, decrypts)
}

/** Items of one scope, or of all: the system's and then the caller's own. Nobody sees another user's. */
export async function listKeys(deps: KeyValueDeps, principal: Principal, listing: KeyListing): Promise<ShownKey[]> {
  const user = ownUser(principal, listing.user)
  const scopes = listing.user === undefined ? listedScopes(listing.scope ?? 'system') : (['st2kv.user'] as const)
  if (listing.decrypts && !principal.isAdmin && scopes.includes('st2kv.system')) {
    throw new AccessDeniedError('Decrypt option requires administrator access')
  }
  const lists = await Promise.all(scopes.map((scope) => deps.keys.list(queryOf(listing, scope, user))))
  return lists.flat().map((item) => show(deps, item, listing.decrypts))
}

/** Creates or replaces. A missing `ttl`, or one of 0, clears an earlier one. */
export async function setKey(
  deps: KeyValueDeps,
  principal: Principal,
  name: string,
  place: KeyPlace,
  request: KeyValueSet,
): Promise<ShownKey> {
  const address = targetOf(principal, name, place, request)
  const isSecret = request.secret === true || request.encrypted === true
  const value = isSecret ? secretValue(deps, principal, name, request) : request.value
  const item: KeyValuePair = {
    id: deps.ids.next(),
    uid: `key_value_pair:${address.scope}:${address.name}`,
    ...address,
    value,
    secret: isSecret,
    description: request.description ?? undefined,
    ...expiry(deps.clock, request.ttl),
  }
  const { saved, previous } = await deps.keys.save(item)
  await deps.changed?.({ before: previous, after: saved, isOtherValue: !hasSameValue(deps, previous, saved) })
  return show(deps, saved, false)
}

export async function removeKey(
  deps: KeyValueDeps,
  principal: Principal,
  name: string,
  place: KeyPlace,
): Promise<void> {
  const address = addressFor(principal, name, place)
  const removed = await deps.keys.remove(address)
  if (removed === null) throw unknownKey(address)
  await deps.changed?.({ before: removed, after: null, isOtherValue: true })
}

function addressFor(principal: Principal, name: string, place: KeyPlace): KeyAddress {
  const user = ownUser(principal, place.user)
  return keyAddress(place.user === undefined ? namedScope(place.scope ?? 'system') : 'st2kv.user', user, name)
}

/** NOTE: where something is written, a scope that is named wins over a user; where it is read, the user wins. */
function targetOf(principal: Principal, name: string, place: KeyPlace, request: KeyValueSet): KeyAddress {
  const scope = request.scope ?? place.scope
  const user = request.user || place.user
  if (scope === undefined) return addressFor(principal, name, { scope, user })
  return keyAddress(namedScope(scope), ownUser(principal, user), name)
}

function namedScope(scope: string): KeyScope {
  return scope === 'all' ? 'st2kv.system' : fullScope(scope)
}

/** Another user's items are nobody's business while RBAC is off. */
function ownUser(principal: Principal, user: string | undefined): string {
  if (user === undefined || user === principal.user) return principal.user
  throw new AccessDeniedError('"user" attribute can only be provided by admins when RBAC is enabled')
}

function queryOf(listing: KeyListing, scope: KeyScope, user: string) {
  const owner = scope === 'st2kv.user' ? `${user}:` : ''
  const { id, order, limit, offset } = listing
  const name = listing.name === undefined ? undefined : `${owner}${listing.name}`
  return { scope, prefix: `${owner}${listing.prefix}`, id, name, order, limit, offset }
}

function secretValue(deps: KeyValueDeps, principal: Principal, name: string, request: KeyValueSet): string {
  if (!deps.isEncryptionEnabled) {
    throw new InvalidError('Secret values are not allowed: keyvalue.enable_encryption is off in the configuration.')
  }
  if (request.encrypted !== true) return deps.cipher.encrypt(request.value)
  if (!principal.isAdmin) throw new AccessDeniedError('Pre-encrypted option requires administrator access')
  try {
    deps.cipher.decrypt(request.value)
  } catch (cause) {
    throw new InvalidError(
      `Failed to verify the integrity of the provided value for key "${name}". ` +
        'Ensure that the value is encrypted with the correct key and not corrupted.',
      { cause },
    )
  }
  return request.value
}

function expiry(clock: Clock, ttl: number | undefined): Pick<KeyValuePair, 'expires_at' | 'expire_timestamp'> {
  if (ttl === undefined || ttl === 0) return {}
  if (ttl < 1) throw new InvalidError(`"ttl" must be a whole number of seconds above 0, not ${ttl}.`)
  const at = clock.now() + ttl * 1000
  if (at > LATEST_EXPIRY) throw new InvalidError(`"ttl" of ${ttl} seconds ends after the year 9999.`)
  return { expires_at: at, expire_timestamp: timestampOf(at) }
}

const LATEST_EXPIRY = Date.UTC(9999, 11, 31)

function hasSameValue(deps: KeyValueDeps, before: KeyValuePair | null, after: KeyValuePair): boolean {
  if (before === null || before.secret !== after.secret) return false
  if (before.value === after.value || !after.secret) return before.value === after.value
  try {
    return deps.cipher.decrypt(before.value) === deps.cipher.decrypt(after.value)
  } catch (error) {
    // The old value may have been enciphered with another key.
    if (error instanceof InvalidError) return false
    throw error
  }
}

function show(deps: KeyValueDeps, item: KeyValuePair, decrypts: boolean): ShownKey {
  if (!item.secret) return { item, value: item.value, isEncrypted: false }
  if (!decrypts) return { item, value: item.value, isEncrypted: true }
  return { item, value: deps.cipher.decrypt(item.value), isEncrypted: false }
}

function unknownKey({ name }: KeyAddress): NotFoundError {
  return new NotFoundError(`The key "${name}" does not exist in the StackStorm datastore.`)
}
