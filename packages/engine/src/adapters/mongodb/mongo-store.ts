import { randomInt } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { type Collection, type Document, InvalidError, UnavailableError, type VersionedDocument } from '@st2/model'
import { type Collection as MongoCollection, type Db, MongoBulkWriteError } from 'mongodb'
import type { Claim, Filter, HeaderValue, Query, Store, Tally, TallyGroup } from '../../ports/store.ts'
import { applyPatch, type WirePatch } from '../documents/patch.ts'
import { wirePatch } from '../documents/wire-patch.ts'
import type { ScannedCondition } from '../documents/scanned-conditions.ts'
import { findScanned, type Scan, scan, type ScanPage } from './document-scan.ts'
import { allOf, checkedPage, fieldKey, type MongoFilter, sortOf, splitFilter } from './filter.ts'
import { duplicateIndex, isDuplicateKey, storeErrorOf } from './store-errors.ts'
import { fromStored, type StoredDocument, toStored } from './stored-document.ts'
import { type StoredGroup, tallyPipeline } from './tally.ts'
import { conflictOf } from './unique-conflict.ts'

export interface MongoStoreOptions {
  readonly db: Db
  readonly collections: readonly Pick<Collection<Document>, 'name' | 'fields' | 'indexes'>[]
  /** Documents that a condition on a free path looks at, at most. */
  readonly maxScannedRows: number
  readonly close: () => Promise<void>
}

/** Rounds of a claim that found candidates and took fewer than it wanted: each time others were faster. */
const CLAIM_ROUNDS = 200
/** How far a claim that lost looks beyond the first candidates, as a multiple of what it wants. */
const WIDEST_LOOK = 16

/**
 * Documents in MongoDB. Every write concerns one document and is atomic there; there are no transactions. What must hold for
 * several writers is a unique key or the compare-and-set on `{_id, rev}`.
 *
 * NOTE: an insert or a put of several documents is undone when one of them is refused; a process that is killed in between leaves
 * the first ones. Whoever writes several finds them again by their ids.
 */
export class MongoStore implements Store {
  readonly #options: MongoStoreOptions
  readonly #known: ReadonlySet<string>

  constructor(options: MongoStoreOptions) {
    this.#options = options
    this.#known = new Set(options.collections.map(({ name }) => name))
  }

  insert<T extends Document>(collection: Collection<T>, ...documents: readonly T[]): Promise<void> {
    return this.#run(async () => {
      const stored = documents.map((document) => toStored(collection, document))
      if (stored.length === 0) return
      try {
        await this.#of(collection).insertMany(stored, { ordered: true })
      } catch (error) {
        await this.#undoInsert(collection, stored, error)
        throw await conflictOf(this.#of(collection), collection, documents, error)
      }
    })
  }

  put<T extends Document>(collection: Collection<T>, ...documents: readonly T[]): Promise<void> {
    return this.#run(async () => {
      const before = documents.length > 1 ? await this.#byIds(collection, documents) : []
      for (const [place, document] of documents.entries()) {
        try {
          await this.#putOne(collection, document)
        } catch (error) {
          await this.#undoPut(collection, documents.slice(0, place), before)
          throw error
        }
      }
    })
  }

  replace<T extends VersionedDocument>(collection: Collection<T>, document: T): Promise<T | null> {
    return this.#run(async () => {
      const next: T = { ...document, rev: document.rev + 1 }
      return (await this.#replaceRevision(collection, document.rev, next)) ? next : null
    })
  }

  claim<T extends VersionedDocument>(collection: Collection<T>, claim: Claim): Promise<T[]> {
    return this.#run(async () => {
      const patch = wirePatch(claim.patch, collection.constant)
      const { header } = splitFilter(collection, claim.filter)
      const claimed: T[] = []
      for (let round = 0; round < CLAIM_ROUNDS && claimed.length < claim.limit; round++) {
        const wanted = claim.limit - claimed.length
        const candidates = await this.#candidates(collection, claim, { wanted, round, claimed })
        const outcomes = await Promise.allSettled(
          candidates.map((candidate) => this.#take(collection, candidate, patch, header)),
        )
        const taken = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
        for (const document of taken) if (document !== null) claimed.push(document)
        const failed = outcomes.find((outcome) => outcome.status === 'rejected')
        // What was taken is the caller's, whatever became of the others.
        if (failed !== undefined && claimed.length > 0) break
        if (failed !== undefined) throw failed.reason
        if (candidates.length < wanted && !taken.includes(null)) break
      }
      return claimed
    })
  }

  get<T extends Document>(collection: Collection<T>, id: string): Promise<T | null> {
    return this.#run(async () => {
      const stored = await this.#of(collection).findOne({ _id: id })
      return stored === null ? null : fromStored<T>(stored)
    })
  }

  find<T extends Document>(collection: Collection<T>, query: Query): Promise<T[]> {
    return this.#run(async () => {
      const { header, scanned } = splitFilter(collection, query.filter ?? [])
      const sort = sortOf(collection, query.order ?? [])
      const { limit, offset } = checkedPage(query)
      if (limit === 0) return []
      if (scanned.length > 0)
        return findScanned<T>(this.#of(collection), this.#scanOf(header, scanned, { sort, limit, offset }))
      const cursor = this.#of(collection).find(header).sort(sort).skip(offset)
      if (limit !== null) cursor.limit(limit)
      return (await cursor.toArray()).map((stored) => fromStored<T>(stored))
    })
  }

  count<T extends Document>(collection: Collection<T>, filter: Filter): Promise<number> {
    return this.#run(async () => {
      const { header, scanned } = splitFilter(collection, filter)
      if (scanned.length === 0) return this.#of(collection).countDocuments(header)
      const sort = sortOf(collection, [])
      return (await scan(this.#of(collection), this.#scanOf(header, scanned, { sort, limit: null, offset: 0 }))).length
    })
  }

  distinct<T extends Document>(collection: Collection<T>, field: string, limit: number): Promise<HeaderValue[]> {
    return this.#run(async () => {
      const key = fieldKey(collection, field)
      const pipeline = [
        { $match: { [key]: { $exists: true } } },
        { $group: { _id: `$${key}` } },
        { $sort: { _id: 1 } },
        { $limit: Math.max(1, limit) },
      ]
      const groups = await this.#of(collection).aggregate<{ _id: HeaderValue }>(pipeline).toArray()
      return groups.slice(0, limit).map(({ _id }) => _id)
    })
  }

  tally<T extends Document>(collection: Collection<T>, tally: Tally): Promise<TallyGroup[]> {
    return this.#run(async () => {
      const groups = await this.#of(collection).aggregate<StoredGroup>(tallyPipeline(collection, tally)).toArray()
      return groups.map(({ _id: { over, value }, count }) => ({ over, value: value ?? null, count }))
    })
  }

  remove<T extends Document>(collection: Collection<T>, filter: Filter, limit: number): Promise<number> {
    return this.#run(async () => {
      const { header, scanned } = splitFilter(collection, filter)
      if (limit === 0) return 0
      const ids = await this.#idsOf(collection, header, scanned, limit)
      if (ids.length === 0) return 0
      const matching = allOf([{ _id: { $in: ids } }, header])
      return (await this.#of(collection).deleteMany(matching)).deletedCount
    })
  }

  close(): Promise<void> {
    return this.#options.close()
  }

  #of<T extends Document>(collection: Collection<T>): MongoCollection<StoredDocument> {
    if (!this.#known.has(collection.name)) throw new InvalidError(`the store has no collection "${collection.name}"`)
    return this.#options.db.collection<StoredDocument>(collection.name)
  }

  async #run<R>(work: () => Promise<R>): Promise<R> {
    try {
      return await work()
    } catch (error) {
      throw storeErrorOf(error)
    }
  }

  #scanOf(header: MongoFilter, scanned: readonly ScannedCondition[], page: ScanPage): Scan {
    return { header, scanned, page, maxRows: this.#options.maxScannedRows }
  }

  async #idsOf<T extends Document>(
    collection: Collection<T>,
    header: MongoFilter,
    scanned: readonly ScannedCondition[],
    limit: number,
  ): Promise<string[]> {
    if (scanned.length > 0) {
      const sort = sortOf(collection, [])
      return scan(this.#of(collection), this.#scanOf(header, scanned, { sort, limit, offset: 0 }))
    }
    const found = await this.#of(collection)
      .find(header, { projection: { _id: 1 } })
      .limit(limit)
      .toArray()
    return found.map(({ _id }) => _id)
  }

  #byIds<T extends Document>(collection: Collection<T>, documents: readonly T[]): Promise<StoredDocument[]> {
    return this.#of(collection)
      .find({ _id: { $in: documents.map(({ id }) => id) } })
      .toArray()
  }

  async #undoPut<T extends Document>(
    collection: Collection<T>,
    written: readonly T[],
    before: readonly StoredDocument[],
  ): Promise<void> {
    const earlier = new Map(before.map((stored) => [stored._id, stored]))
    for (const { id } of written.toReversed()) {
      const stored = earlier.get(id)
      if (stored === undefined) await this.#of(collection).deleteOne({ _id: id })
      else await this.#of(collection).replaceOne({ _id: id }, stored)
    }
  }

  async #undoInsert<T extends Document>(
    collection: Collection<T>,
    stored: readonly StoredDocument[],
    error: unknown,
  ): Promise<void> {
    if (stored.length === 1 || !(error instanceof MongoBulkWriteError)) return
    const writeErrors = [error.writeErrors].flat()
    const failedAt = writeErrors[0]?.index
    if (failedAt === undefined || failedAt === 0) return
    const inserted = stored.slice(0, failedAt).map(({ _id }) => _id)
    await this.#of(collection).deleteMany({ _id: { $in: inserted } })
  }

  async #putOne<T extends Document>(collection: Collection<T>, document: T): Promise<void> {
    const stored = toStored(collection, document)
    const attempt = () => this.#of(collection).replaceOne({ _id: stored._id }, stored, { upsert: true })
    try {
      await attempt()
    } catch (error) {
      if (!isDuplicateKey(error)) throw error
      // Two upserts of one id at the same time: the second finds the first.
      if (duplicateIndex(error) !== '_id_') throw await conflictOf(this.#of(collection), collection, [document], error)
      await attempt()
    }
  }

  /** @param still what must hold beside the revision */
  async #replaceRevision<T extends VersionedDocument>(
    collection: Collection<T>,
    rev: number,
    next: T,
    still: MongoFilter = {},
  ): Promise<boolean> {
    try {
      const matching = allOf([{ _id: next.id, rev }, still])
      const { matchedCount } = await this.#of(collection).replaceOne(matching, toStored(collection, next))
      return matchedCount === 1
    } catch (error) {
      throw await conflictOf(this.#of(collection), collection, [next], error)
    }
  }

  /**
   * The first of the order. Who lost a round picks at random among more of them, so that many contenders do not all try the same
   * documents again.
   */
  async #candidates<T extends VersionedDocument>(
    collection: Collection<T>,
    { filter, order }: Claim,
    { wanted, round, claimed }: { wanted: number; round: number; claimed: readonly T[] },
  ): Promise<T[]> {
    const done = new Set(claimed.map(({ id }) => id))
    const look = wanted * Math.min(2 ** round, WIDEST_LOOK) + done.size
    const found = (await this.find(collection, { filter, order, limit: look })).filter(({ id }) => !done.has(id))
    while (round > 0 && found.length > wanted) found.splice(randomInt(found.length), 1)
    return found.slice(0, wanted)
  }

  /** Null: another writer was faster. */
  async #take<T extends VersionedDocument>(
    collection: Collection<T>,
    found: T,
    patch: WirePatch,
    header: MongoFilter,
  ): Promise<T | null> {
    const next: T = { ...structuredClone(found), rev: found.rev + 1 }
    applyPatch(next, patch)
    // NOTE: with the filter once more: a server may hand out a newer version of a document than the one that matched.
    try {
      return (await this.#replaceRevision(collection, found.rev, next, header)) ? next : null
    } catch (error) {
      if (!(storeErrorOf(error) instanceof UnavailableError)) throw error
      return this.#settled(collection, next, error)
    }
  }

  /** A write whose answer was lost may have been done: the document itself tells. @throws the error when it cannot be asked */
  async #settled<T extends VersionedDocument>(collection: Collection<T>, next: T, error: unknown): Promise<T | null> {
    const stored = await this.#of(collection)
      .findOne({ _id: next.id })
      .catch(() => {
        throw error
      })
    const isDone = stored !== null && isDeepStrictEqual(fromStored<T>(stored), JSON.parse(JSON.stringify(next)))
    return isDone ? next : null
  }
}
