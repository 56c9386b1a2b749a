import { InvalidError } from '@st2/model'
import type { Patch } from '../../ports/store.ts'
import type { WirePatch } from './patch.ts'

/** A patch made ready to cross to the writer's thread. @param constant fields that stay as they were inserted */
export function wirePatch(patch: Patch, constant: readonly string[] = []): WirePatch {
  const entries = Object.entries(patch.set ?? {}).map(([path, value]) => [path.split('.'), value] as const)
  const pushed = Object.entries(patch.push ?? {}).map(([path, value]) => [path.split('.'), value] as const)
  const fixed = ['id', 'rev', ...constant]
  for (const [[first = '']] of [...entries, ...pushed]) {
    if (fixed.includes(first)) throw new InvalidError(`a patch may not set "${first}"`)
  }
  return {
    set: entries.filter(([, value]) => value !== undefined),
    unset: entries.filter(([, value]) => value === undefined).map(([path]) => path),
    push: pushed,
  }
}
