import { InvalidError } from '@st2/model'
import type { HostLists } from './http-parameters.ts'

/**
 * Asked for every address, those of redirects included. Hosts are compared without port, brackets and final dot.
 *
 * @throws InvalidError with upstream's text
 */
export function checkHost(url: URL, shown: string, { forbidden, allowed }: HostLists): void {
  const host = normalHost(url.hostname)
  if (forbidden?.some((entry) => normalHost(entry) === host)) throw new InvalidError(`URL "${shown}" is blacklisted`)
  if (allowed !== null && !allowed.some((entry) => normalHost(entry) === host)) {
    throw new InvalidError(`URL "${shown}" is not whitelisted`)
  }
}

function normalHost(host: string): string {
  return host
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase()
}
