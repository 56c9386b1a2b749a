/**
 * The order in which Python walks a set of numbers: that of its hash table. Texts are hashed with a new key in every process, so
 * sets with texts have no order to keep to.
 *
 * @source CPython: Objects/setobject.c set_add_entry, set_table_resize; Python/pyhash.c; Objects/tupleobject.c tuplehash
 */
import { isNumeric, PyFloat } from '@st2/python-values'
import { hashKey } from './hash.ts'
import { YaqlList } from './list.ts'
import { charge } from './meter.ts'

const MODULUS = (1n << 61n) - 1n
const UINT64 = (1n << 64n) - 1n

const MIN_SIZE = 8
const LINEAR_PROBES = 9

interface Entry {
  hash: bigint
  member: unknown
}

/** A place whose member was taken away: it still stands in the way of others. */
const TAKEN_AWAY = Symbol('taken away')

/** Python's hash table of a set. */
export class SetTable {
  #slots: (Entry | typeof TAKEN_AWAY | undefined)[] = Array.from({ length: MIN_SIZE })
  /** Places in use, those of members taken away included. */
  #filled = 0
  #used = 0
  #isFixed = true

  /** Whether all members have hashes that are the same in every process. */
  get isFixed(): boolean {
    return this.#isFixed
  }

  members(): unknown[] {
    return this.#entries().map(({ member }) => member)
  }

  add(member: unknown): void {
    const hash = hashOf(member)
    if (hash === null) this.#isFixed = false
    if (this.#isFixed && hash !== null) this.#addEntry({ hash: hash & UINT64, member })
  }

  /** Puts in all members of another table at once. */
  merge(other: SetTable): void {
    this.#isFixed &&= other.#isFixed
    if (!this.#isFixed) return
    charge(other.#used)
    const { length } = this.#slots
    if ((this.#filled + other.#used) * 5 >= (length - 1) * 3) this.#resize((this.#used + other.#used) * 2)
    if (this.#filled > 0) {
      for (const entry of other.#entries()) this.#addEntry(entry)
    } else if (this.#slots.length === other.#slots.length && other.#filled === other.#used) {
      this.#slots = [...other.#slots]
    } else {
      for (const entry of other.#entries()) this.#slots[this.#freePlace(entry.hash)] = entry
    }
    if (this.#filled === 0) this.#filled = this.#used = other.#used
  }

  /** @returns whether the member was there */
  remove(member: unknown): boolean {
    const hash = hashOf(member)
    if (hash === null) this.#isFixed = false
    if (!this.#isFixed || hash === null) return false
    const at = this.#place(hash & UINT64, member)
    if (this.#slots[at] === undefined) return false
    this.#slots[at] = TAKEN_AWAY
    this.#used--
    return true
  }

  #entries(): Entry[] {
    return this.#slots.filter((slot) => slot !== undefined && slot !== TAKEN_AWAY)
  }

  #addEntry(entry: Entry): void {
    let free: number | undefined
    const key = hashKey(entry.member)
    const at = this.#probe(entry.hash, (slot, place) => {
      if (slot === TAKEN_AWAY) free = place
      return slot !== TAKEN_AWAY && slot.hash === entry.hash && hashKey(slot.member) === key
    })
    if (this.#slots[at] !== undefined) return
    this.#used++
    this.#slots[free ?? at] = entry
    if (free !== undefined) return
    this.#filled++
    if (this.#filled * 5 >= (this.#slots.length - 1) * 3) {
      this.#resize(this.#used > 50_000 ? this.#used * 2 : this.#used * 4)
    }
  }

  #resize(wanted: number): void {
    let size = MIN_SIZE
    while (size <= wanted) size *= 2
    const entries = this.#entries()
    this.#slots = Array.from({ length: size })
    for (const entry of entries) this.#slots[this.#freePlace(entry.hash)] = entry
    this.#filled = this.#used
  }

  /** Where the member stands, or the first free place on the way. */
  #place(hash: bigint, member: unknown): number {
    const key = hashKey(member)
    return this.#probe(hash, (slot) => slot !== TAKEN_AWAY && slot.hash === hash && hashKey(slot.member) === key)
  }

  #freePlace(hash: bigint): number {
    return this.#probe(hash, () => false)
  }

  #probe(hash: bigint, isWanted: (slot: Entry | typeof TAKEN_AWAY, place: number) => boolean): number {
    const mask = BigInt(this.#slots.length - 1)
    let perturb = hash
    let place = hash & mask
    for (;;) {
      const start = Number(place)
      const probes = start + LINEAR_PROBES <= Number(mask) ? LINEAR_PROBES : 0
      for (let at = start; at <= start + probes; at++) {
        const slot = this.#slots[at]
        if (slot === undefined || isWanted(slot, at)) return at
      }
      perturb >>= 5n
      place = (place * 5n + 1n + perturb) & mask
    }
  }
}

/** Python's hash; null where it differs from process to process. */
function hashOf(value: unknown): bigint | null {
  if (isNumeric(value)) return avoidMinusOne(hashOfNumber(value))
  return Array.isArray(value) && !(value instanceof YaqlList) ? hashOfTuple(value) : null
}

function avoidMinusOne(hash: bigint | null): bigint | null {
  return hash === -1n ? -2n : hash
}

function hashOfNumber(value: number | bigint | boolean | PyFloat): bigint | null {
  if (typeof value === 'boolean') return BigInt(value)
  if (typeof value === 'bigint') return value % MODULUS
  const number = value instanceof PyFloat ? value.value : value
  if (Number.isInteger(number)) return BigInt(number) % MODULUS
  if (Number.isNaN(number)) return null
  if (!Number.isFinite(number)) return number > 0 ? 314_159n : -314_159n
  return hashOfFraction(number)
}

/** The fraction modulo 2^61 - 1: its odd numerator times the inverse of a power of two, which is another power of two. */
function hashOfFraction(value: number): bigint {
  let exponent = 0
  let numerator = Math.abs(value)
  while (!Number.isInteger(numerator)) {
    numerator *= 2
    exponent++
  }
  const shift = BigInt((61 - (exponent % 61)) % 61)
  const hash = ((BigInt(numerator) % MODULUS) << shift) % MODULUS
  return value < 0 ? -hash : hash
}

const PRIME_1 = 11_400_714_785_074_694_791n
const PRIME_2 = 14_029_467_366_897_019_727n
const PRIME_5 = 2_870_177_450_012_600_261n

function hashOfTuple(items: readonly unknown[]): bigint | null {
  let sum = PRIME_5
  for (const item of items) {
    const hash = hashOf(item)
    if (hash === null) return null
    sum = (sum + (hash & UINT64) * PRIME_2) & UINT64
    sum = ((sum << 31n) | (sum >> 33n)) & UINT64
    sum = (sum * PRIME_1) & UINT64
  }
  sum = (sum + (BigInt(items.length) ^ (PRIME_5 ^ 3_527_539n))) & UINT64
  return sum === UINT64 ? 1_546_275_796n : BigInt.asIntN(64, sum)
}
