/** `2026-01-02T03:04:05.000006Z` as Python's `str` of a datetime shows it. */
export function pythonTime(timestamp: string): string {
  return `${timestamp.slice(0, 10)} ${timestamp.slice(11, 19)}${fraction(timestamp)}+00:00`
}

/** The same in ISO form with an offset, always with microseconds. */
export function offsetTime(timestamp: string): string {
  return timestamp.replace(/Z$/, '+00:00')
}

/** Python leaves out microseconds that are zero. */
function fraction(timestamp: string): string {
  const digits = timestamp.slice(20, 26)
  return digits === '000000' || digits === '' ? '' : `.${digits}`
}
