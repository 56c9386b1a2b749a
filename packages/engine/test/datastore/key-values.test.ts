import { COLLECTIONS, type KeyValueSet } from '@st2/model'
import { renderTemplate } from '@st2/expressions'
import { describe, expect, it } from 'vitest'
import type { Principal } from '../../src/access/principal.ts'
import { openSqliteStore } from '../../src/adapters/sqlite/sqlite-store.ts'
import { systemIds } from '../../src/adapters/system/ids.ts'
import { KeyValueStore } from '../../src/datastore/key-value-store.ts'
import {
  type KeyListing,
  type KeyValueDeps,
  listKeys,
  readKey,
  removeKey,
  setKey,
} from '../../src/datastore/key-values.ts'
import { TemplateLookUps } from '../../src/datastore/template-look-ups.ts'
import { ValueCipher } from '../../src/datastore/value-cipher.ts'
import { RecordingLog } from '../support/recording-log.ts'
import { SimulatedClock } from '../support/simulated-clock.ts'

const principal = (user: string): Principal => ({
  user,
  isAdmin: true,
  mayImpersonate: false,
  method: 'authentication token',
  location: 'header',
})
const ANN = principal('ann')
const BOB = principal('bob')
const SYSTEM = { scope: undefined, user: undefined }
const OWN = { scope: 'user', user: undefined }

interface Kit extends AsyncDisposable {
  readonly deps: KeyValueDeps
  readonly clock: SimulatedClock
  set(name: string, value: string, more?: Partial<KeyValueSet>, who?: Principal): Promise<unknown>
  names(who: Principal, listing?: Partial<KeyListing>): Promise<string[]>
}

async function openKit(): Promise<Kit> {
  const { store } = await openSqliteStore({ path: ':memory:', collections: COLLECTIONS, log: new RecordingLog() })
  const clock = new SimulatedClock()
  const ids = systemIds()
  const cipher = new ValueCipher({ aes: Buffer.alloc(32, 1), hmac: Buffer.alloc(32, 2) }, ids)
  const deps = { keys: new KeyValueStore(store, clock), cipher, clock, ids, isEncryptionEnabled: true }
  const everything: KeyListing = {
    ...SYSTEM,
    prefix: '',
    id: undefined,
    name: undefined,
    decrypts: false,
    order: [],
    limit: 100,
    offset: 0,
  }
  return {
    deps,
    clock,
    set: (name, value, more, who = ANN) =>
      setKey(deps, who, name, SYSTEM, { name, value, secret: false, encrypted: false, ...more }),
    names: async (who, listing) =>
      (await listKeys(deps, who, { ...everything, ...listing })).map(({ item }) => item.name),
    [Symbol.asyncDispose]: () => store.close(),
  }
}

describe('keys', () => {
  it('are created, replaced under the same id, and removed', async () => {
    await using kit = await openKit()
    await kit.set('a', '1')
    const first = await readKey(kit.deps, ANN, 'a', SYSTEM, false)
    await kit.set('a', '2')
    const second = await readKey(kit.deps, BOB, 'a', SYSTEM, false)
    expect(second).toMatchObject({ value: '2', isEncrypted: false, item: { id: first.item.id } })
    await removeKey(kit.deps, ANN, 'a', SYSTEM)
    await expect(removeKey(kit.deps, ANN, 'a', SYSTEM)).rejects.toThrow('The key "a" does not exist')
  })

  it('have one winner when many create the same at once', async () => {
    await using kit = await openKit()
    await Promise.all(Array.from({ length: 20 }, (_, number) => kit.set('a', String(number))))
    expect(await kit.names(ANN)).toEqual(['a'])
  })

  it('of users are theirs alone', async () => {
    await using kit = await openKit()
    await kit.set('k', 'of ann', { scope: 'user' })
    await kit.set('k', 'of bob', { scope: 'user' }, BOB)
    expect((await readKey(kit.deps, BOB, 'k', OWN, false)).value).toBe('of bob')
    expect(await kit.names(BOB, { scope: 'all' })).toEqual(['bob:k'])
    expect(await kit.names(BOB, { scope: 'user', prefix: 'ann' })).toEqual([])
    const foreign = { scope: 'user', user: 'ann' }
    await expect(readKey(kit.deps, BOB, 'k', foreign, false)).rejects.toThrow('"user" attribute can only be provided')
    await expect(kit.set('k', 'x', { user: 'ann' }, BOB)).rejects.toThrow('"user" attribute can only be provided')
  })

  it('that are secret are shown enciphered until they are asked for', async () => {
    await using kit = await openKit()
    await kit.set('s', 'topsecret', { secret: true })
    const shown = await readKey(kit.deps, ANN, 's', SYSTEM, false)
    expect(shown).toMatchObject({ isEncrypted: true, item: { secret: true } })
    expect(shown.value).not.toContain('topsecret')
    expect((await readKey(kit.deps, ANN, 's', SYSTEM, true)).value).toBe('topsecret')
    await kit.set('copy', shown.value, { encrypted: true })
    expect((await readKey(kit.deps, ANN, 'copy', SYSTEM, true)).value).toBe('topsecret')
    await expect(kit.set('bad', 'garbage', { encrypted: true })).rejects.toThrow(
      'Failed to verify the integrity of the provided value for key "bad"',
    )
  })

  it('are gone when their time is over, and a later write without one keeps them', async () => {
    await using kit = await openKit()
    await kit.set('t', 'x', { ttl: 60 })
    await kit.clock.advance(59_999)
    expect(await kit.names(ANN)).toEqual(['t'])
    await kit.clock.advance(1)
    await expect(readKey(kit.deps, ANN, 't', SYSTEM, false)).rejects.toThrow('does not exist')
    expect(await kit.deps.keys.removeExpired(10)).toBe(1)
    expect(await kit.names(ANN)).toEqual([])
    await kit.set('t', 'y')
    await kit.clock.advance(3_600_000)
    expect(await kit.names(ANN)).toEqual(['t'])
  })

  it.each([
    [{ scope: 'frob' }, 'Scope st2kv.frob is not in allowed scopes list'],
    [{ ttl: -1 }, '"ttl" must be a whole number of seconds above 0, not -1.'],
    [{ ttl: 1e12 }, 'ends after the year 9999'],
  ])('refuse %j', async (more, message) => {
    await using kit = await openKit()
    await expect(kit.set('a', 'x', more)).rejects.toThrow(message)
  })

  it('of a bad scope cannot be listed', async () => {
    await using kit = await openKit()
    await expect(kit.names(ANN, { scope: 'frob' })).rejects.toThrow('Invalid scope: st2kv.frob')
  })
})

describe('templates', () => {
  async function render(kit: Kit, template: string, user = 'ann'): Promise<string> {
    const lookUps = new TemplateLookUps(kit.deps.keys, kit.deps.cipher)
    return lookUps.evaluate(user, (names) =>
      renderTemplate(template, { ...names }, { environment: lookUps.environment }),
    )
  }

  it('look items up by their dotted names, and find nothing as an empty text', async () => {
    await using kit = await openKit()
    await kit.set('a.b', '1')
    await kit.set('mine', 'of ann', { scope: 'user' })
    expect(await render(kit, '{{ st2kv.system.a.b }}-{{ st2kv.user.mine }}-{{ st2kv.system.none }}')).toBe('1-of ann-')
    expect(await render(kit, '{{ st2kv.user.mine }}', 'bob')).toBe('')
  })

  it('decipher secrets, and say which item is missing', async () => {
    await using kit = await openKit()
    await kit.set('s', 'topsecret', { secret: true })
    expect(await render(kit, '{{ st2kv.system.s | decrypt_kv }}')).toBe('topsecret')
    await expect(render(kit, '{{ st2kv.system.none | decrypt_kv }}')).rejects.toThrow(
      'Referenced datastore item "st2kv.system.none" doesn\'t exist or it contains an empty string',
    )
  })
})
