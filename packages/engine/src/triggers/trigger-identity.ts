import { createHash } from 'node:crypto'
import { dumpsJson } from '@st2/python-values'

/** Names the parameters: equal ones have the same sum, whatever the order of their keys. @source services.md 2.6 */
function parametersSum(parameters: Readonly<Record<string, unknown>>): string {
  return createHash('md5')
    .update(dumpsJson(parameters, { sortKeys: true }))
    .digest('hex')
}

export function triggerUid(pack: string, name: string, parameters: Readonly<Record<string, unknown>>): string {
  return `trigger:${pack}:${name}:${parametersSum(parameters)}`
}

/** What rules that want the same share a trigger by. */
export function triggerIdentity(type: string, parameters: Readonly<Record<string, unknown>>): string {
  return `${type}:${parametersSum(parameters)}`
}
