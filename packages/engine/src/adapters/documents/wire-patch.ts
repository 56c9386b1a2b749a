import { InvalidError } from '@st2/model'
import type { Patch } from '../../ports/store.ts'
import type { WirePatch } from './patch.ts'

/** A patch made ready to cross to the writer's thread. */
export function wirePatch(patch: Patch): WirePatch {
  const entries = Object.entries(patch.set ?? {}).map(([path, value]) => [path.split('.'), value] as const)
  for (const [[first]] of entries) {
    if (first === 'id' || first === 'rev') throw new InvalidError(`a patch may not set "${first}"`)
  }
  return {
    set: entries.filter(([, value]) => value !== undefined),
    unset: entries.filter(([, value]) => value === undefined).map(([path]) => path),
    push: Object.entries(patch.push ?? {}).map(([path, value]) => [path.split('.'), value] as const),
  }
}
