const decoder = new TextDecoder()

/** Whether a byte goes on with a letter that began before it. */
const isContinuation = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80

/** Bytes of UTF-8 as a line of text. A letter belongs to the line in which it begins, so that none is lost. Pure. */
export function lineText(bytes: Uint8Array, from: number, to: number): string {
  let start = from
  let end = Math.min(to, bytes.length)
  while (isContinuation(bytes[start]) && start < end) start++
  while (isContinuation(bytes[end])) end++
  return decoder.decode(bytes.subarray(start, end))
}
