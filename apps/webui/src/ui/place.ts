/** px between a popup and what it belongs to, and to the edge of the window. */
const GAP = 6
const EDGE = 8

export interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

export interface Place {
  readonly left: number
  readonly top: number
  /** px that are free there; a taller popup scrolls. */
  readonly maxHeight: number
}

/** Below its anchor when it fits or there is more room, else above; never outside the window. Pure. */
export function placeBeside(
  anchor: Box,
  popup: Pick<Box, 'width' | 'height'>,
  window: Pick<Box, 'width' | 'height'>,
  align: 'end' | 'center',
): Place {
  const below = window.height - (anchor.top + anchor.height) - GAP - EDGE
  const above = anchor.top - GAP - EDGE
  const isBelow = popup.height <= below || below >= above
  const height = Math.min(popup.height, isBelow ? below : above)
  const wanted =
    align === 'end' ? anchor.left + anchor.width - popup.width : anchor.left + (anchor.width - popup.width) / 2
  return {
    left: Math.max(EDGE, Math.min(wanted, window.width - popup.width - EDGE)),
    top: isBelow ? anchor.top + anchor.height + GAP : anchor.top - GAP - height,
    maxHeight: Math.max(0, isBelow ? below : above),
  }
}

/** Puts an open popup where it belongs. */
export function placePopup(popup: HTMLElement, anchor: Element, align: 'end' | 'center'): void {
  const screen = { width: document.documentElement.clientWidth, height: window.innerHeight }
  const place = placeBeside(anchor.getBoundingClientRect(), popup.getBoundingClientRect(), screen, align)
  popup.style.left = `${place.left}px`
  popup.style.top = `${place.top}px`
  popup.style.maxHeight = `${place.maxHeight}px`
}
