/** Narrower: one thing at a time, the rest in drawers. */
export const WIDE = '(min-width: 1000px)'
/** As wide as a telephone: what has no room in the toolbar is in its menu. */
export const SMALL = '(max-width: 640px)'

export function isWide(): boolean {
  return matchMedia(WIDE).matches
}
