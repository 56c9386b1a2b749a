/** Bytes that are no text in an encoding, and why, in Python's words. */
export interface DecodingFault {
  start: number
  /** The first byte behind it. */
  end: number
  reason: string
}

/** The first one from there on; null where all of it is text. */
export type FindFault = (bytes: Uint8Array, from: number) => DecodingFault | null

/** @source CPython: Objects/stringlib/codecs.h utf8_decode */
export const utf8Fault: FindFault = (bytes, from) => {
  for (let at = from; at < bytes.length; at++) {
    const lead = bytes[at] ?? 0
    if (lead < 0x80) continue
    const more = followersOf(lead)
    if (more === 0) return { start: at, end: at + 1, reason: 'invalid start byte' }
    for (let next = 1; next <= more; next++) {
      const byte = bytes[at + next]
      if (byte === undefined) return { start: at, end: at + next, reason: 'unexpected end of data' }
      const [low, high] = (next === 1 ? SECONDS[lead] : undefined) ?? [0x80, 0xbf]
      if (byte < low || byte > high) return { start: at, end: at + next, reason: 'invalid continuation byte' }
    }
    at += more
  }
  return null
}

/** What may follow bytes that others than the usual ones follow: no longer forms than needed, no surrogates, nothing too large. */
const SECONDS: Readonly<Record<number, readonly [number, number]>> = {
  0xe0: [0xa0, 0xbf],
  0xed: [0x80, 0x9f],
  0xf0: [0x90, 0xbf],
  0xf4: [0x80, 0x8f],
}

function followersOf(lead: number): number {
  if (lead < 0xc2 || lead > 0xf4) return 0
  return lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3
}

/** @source CPython: Objects/stringlib/codecs.h utf16_decode */
export function utf16Fault(order: 'little' | 'big'): FindFault {
  return (bytes, from) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    for (let at = from; at < bytes.length; at += 2) {
      if (at + 1 === bytes.length) return { start: at, end: at + 1, reason: 'truncated data' }
      const unit = view.getUint16(at, order === 'little')
      if (unit < 0xd800 || unit > 0xdfff) continue
      if (unit > 0xdbff) return { start: at, end: at + 2, reason: 'illegal encoding' }
      if (at + 3 >= bytes.length) return { start: at, end: bytes.length, reason: 'unexpected end of data' }
      const second = view.getUint16(at + 2, order === 'little')
      if (second < 0xdc00 || second > 0xdfff) return { start: at, end: at + 2, reason: 'illegal UTF-16 surrogate' }
      at += 2
    }
    return null
  }
}
