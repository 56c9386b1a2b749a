// NOTE: loaded by the SQLite store's threads too, so it imports nothing.

/** A patch that does not fit the document it is for. */
export class UnfitPatch extends Error {
  override readonly name = 'UnfitPatch'
}

/** A patch as it crosses to a thread: JSON has no `undefined`, so what is removed is named. */
export interface WirePatch {
  readonly set: readonly (readonly [path: readonly string[], value: unknown])[]
  readonly unset: readonly (readonly string[])[]
  readonly push: readonly (readonly [path: readonly string[], value: unknown])[]
}

/** Changes a document in place. @throws UnfitPatch */
export function applyPatch(document: object, patch: WirePatch): void {
  for (const [path, value] of patch.set) setOwn(holderOf(document, path), last(path), value)
  for (const path of patch.unset) removeAt(document, path)
  for (const [path, value] of patch.push) pushAt(document, path, value)
}

/** The object that holds the last name of a path; made on the way where it is missing. */
function holderOf(document: object, path: readonly string[]): object {
  let holder = document
  for (const name of path.slice(0, -1)) {
    const next: unknown = ownValue(holder, name)
    if (typeof next === 'object' && next !== null) {
      holder = next
      continue
    }
    if (next !== undefined) throw new UnfitPatch(`cannot set "${path.join('.')}": "${name}" is not an object`)
    const made = {}
    setOwn(holder, name, made)
    holder = made
  }
  return holder
}

function removeAt(document: object, path: readonly string[]): void {
  let holder: unknown = document
  for (const name of path.slice(0, -1)) {
    if (typeof holder !== 'object' || holder === null) return
    holder = ownValue(holder, name)
  }
  if (typeof holder === 'object' && holder !== null) Reflect.deleteProperty(holder, last(path))
}

function pushAt(document: object, path: readonly string[], value: unknown): void {
  const holder = holderOf(document, path)
  const list: unknown = ownValue(holder, last(path))
  if (list === undefined) setOwn(holder, last(path), [value])
  else if (Array.isArray(list)) list.push(value)
  else throw new UnfitPatch(`cannot push to "${path.join('.')}": it is not an array`)
}

function ownValue(holder: object, name: string): unknown {
  return Object.hasOwn(holder, name) ? Reflect.get(holder, name) : undefined
}

/** Defines rather than assigns: `__proto__` is a name like any other. */
function setOwn(holder: object, name: string, value: unknown): void {
  Object.defineProperty(holder, name, { value, writable: true, enumerable: true, configurable: true })
}

function last(path: readonly string[]): string {
  return path.at(-1) ?? ''
}
