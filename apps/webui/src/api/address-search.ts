/** The part of an address after `?`, in plain words. */

export type AddressSearch = Readonly<Record<string, unknown>>

/** One parameter, whether it comes from an address or was read already: the router asks twice. */
export function textIn(search: AddressSearch, name: string): string {
  const value = search[name]
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

/** From 1. */
export function pageIn(search: AddressSearch): number {
  const page = Number(textIn(search, 'page'))
  return Number.isSafeInteger(page) && page > 0 ? page : 1
}

/** `?page=2&status=failed,running`: of these names what says something. The first page does not. */
export function searchOf(names: readonly string[], search: AddressSearch): string {
  const pairs = names.flatMap((name) => {
    const text = textIn(search, name)
    if (text === '' || (name === 'page' && text === '1')) return []
    return [`${name}=${encodeURIComponent(text).replaceAll('%2C', ',').replaceAll('%3A', ':')}`]
  })
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}
