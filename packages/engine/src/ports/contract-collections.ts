import type { Collection, VersionedDocument } from '@st2/model'
import type { Query, Store } from './store.ts'

/** What the store's contract is tried with: every kind of field and index that a collection can declare. */
export interface Thing extends VersionedDocument {
  readonly key: string
  readonly kind?: string | undefined
  readonly size?: number | undefined
  readonly nested?: { readonly owner?: string | undefined } | undefined
  readonly parent?: string | undefined
  readonly alias?: string | undefined
  readonly created?: string | undefined
  readonly due_at?: number | undefined
  readonly claimed_by?: string | undefined
  readonly body?: unknown
  readonly log?: readonly unknown[] | undefined
}

export const things: Collection<Thing> = {
  name: 'contract_thing',
  fields: {
    key: { path: 'key', type: 'text' },
    kind: { path: 'kind', type: 'text' },
    size: { path: 'size', type: 'integer' },
    owner: { path: 'nested.owner', type: 'text' },
    parent: { path: 'parent', type: 'text' },
    alias: { path: 'alias', type: 'text' },
    created: { path: 'created', type: 'text' },
    due_at: { path: 'due_at', type: 'integer' },
    claimed_by: { path: 'claimed_by', type: 'text' },
  },
  indexes: [
    { fields: ['key'], unique: true },
    { fields: ['alias'], unique: true, sparse: 'alias' },
    { fields: ['created'] },
    { fields: ['kind', 'created'] },
    { fields: ['owner', 'created'] },
    { fields: ['parent', 'created'] },
    { fields: ['kind', 'due_at'], sparse: 'due_at' },
  ],
  counted: { values: ['kind', 'owner'], presence: ['parent'] },
}

/** A key of two fields, as a journal has. */
export interface Entry {
  readonly id: string
  readonly journal: string
  readonly seq: number
  readonly data?: unknown
}

export const entries: Collection<Entry> = {
  name: 'contract_entry',
  fields: { journal: { path: 'journal', type: 'text' }, seq: { path: 'seq', type: 'integer' } },
  indexes: [{ fields: ['journal', 'seq'], unique: true }],
}

/** What an order brings stays as it was, and may be large. */
export interface Order extends VersionedDocument {
  readonly status: string
  readonly goods: unknown
  readonly sealed?: string | undefined
  readonly log?: readonly string[] | undefined
}

export const orders: Collection<Order> = {
  name: 'contract_order',
  fields: { status: { path: 'status', type: 'text' } },
  indexes: [{ fields: ['status'] }],
  counted: { values: ['status'], presence: [] },
  constant: ['goods', 'sealed'],
}

export const CONTRACT_COLLECTIONS = [things, entries, orders] as const

/** 24 hex digits that ascend with the number. */
export function idOf(number: number): string {
  return number.toString(16).padStart(24, '0')
}

export function thing(number: number, properties: Partial<Thing> = {}): Thing {
  return { id: idOf(number), rev: 1, key: `key-${number}`, ...properties }
}

/** 1, 2, 3 … */
export function numbers(count: number): number[] {
  return Array.from({ length: count }, (_none, place) => place + 1)
}

/** Of the things that a query finds, in their order. */
export async function numbersFound(store: Store, query: Query): Promise<number[]> {
  return (await store.find(things, query)).map(({ id }) => Number.parseInt(id, 16))
}
