import { basename, dirname, join } from 'node:path'

/** In the pack's folder: what an edit is about to do. One is enough, as a pack is edited by one at a time. */
export const JOURNAL_FILE = '.unfinished-edit.json'

/** Where a file is written before it takes its place. Not named as metadata: a registration does not take it for an action. */
export function asideOf(path: string, mark: string): string {
  return beside(path, mark, 'unfinished')
}

/** Where a file that is replaced or removed is kept until the edit has ended. */
export function keptOf(path: string, mark: string): string {
  return beside(path, mark, 'before')
}

const BESIDE = /^\.(.+)\.[0-9a-f]{24}\.(?:unfinished|before)$/

/** Whether a file belongs to an edit: nobody needs it once nobody edits. */
export function isUnfinished(path: string): boolean {
  const name = basename(path)
  return name === JOURNAL_FILE || BESIDE.test(name)
}

/** The file that such a one stands beside. */
export function editedPath(path: string): string {
  return join(dirname(path), basename(path).replace(BESIDE, '$1'))
}

export function isMark(mark: unknown): mark is string {
  return typeof mark === 'string' && /^[0-9a-f]{24}$/.test(mark)
}

function beside(path: string, mark: string, kind: 'unfinished' | 'before'): string {
  return join(dirname(path), `.${basename(path)}.${mark}.${kind}`)
}
