import { InvalidError, KEY_SCOPES, type KeyScope } from '@st2/model'
import { repr } from '@st2/python-values'

/** What an item is called in the store. */
export interface KeyAddress {
  readonly scope: KeyScope
  /** In the user scope `<user>:<name>`. */
  readonly name: string
}

const ALLOWED = ['system', 'user', ...KEY_SCOPES]

/** @throws InvalidError upstream's text for a scope that is none */
export function fullScope(scope: string): KeyScope {
  const full = scope.startsWith('st2kv.') ? scope : `st2kv.${scope}`
  const known = KEY_SCOPES.find((candidate) => candidate === full)
  if (known !== undefined) return known
  throw new InvalidError(`Scope ${full} is not in allowed scopes list: ${repr(ALLOWED)}.`)
}

/** `all` is a scope of lists only; elsewhere it means system. */
export function listedScopes(scope: string): readonly KeyScope[] {
  if (scope === 'all') return KEY_SCOPES
  const full = scope.startsWith('st2kv.') ? scope : `st2kv.${scope}`
  const known = KEY_SCOPES.find((candidate) => candidate === full)
  if (known !== undefined) return [known]
  throw new InvalidError(`Invalid scope: ${full}`)
}

export function keyAddress(scope: KeyScope, user: string, name: string): KeyAddress {
  return { scope, name: scope === 'st2kv.user' ? `${user}:${name}` : name }
}

/** The stored name of the user scope, taken apart; a user's name holds no colon. */
export function splitUserName(stored: string): { user: string; name: string } {
  const colon = stored.indexOf(':')
  return { user: stored.slice(0, colon), name: stored.slice(colon + 1) }
}
