import { InvalidError } from '@st2/model'

/** Its actions cannot be created, changed or removed over the API. */
const CORE_PACK = 'core'
/** Nothing is cloned into these. */
const SYSTEM_PACKS = ['core', 'packs', 'linux', 'chatops']

/** @throws InvalidError */
export function refuseCorePack(pack: string): void {
  if (pack === CORE_PACK) throw protectedPack()
}

/** @throws InvalidError */
export function refuseSystemPack(pack: string): void {
  if (SYSTEM_PACKS.includes(pack)) throw protectedPack()
}

function protectedPack(): InvalidError {
  return new InvalidError("Resources belonging to system level packs can't be manipulated")
}
