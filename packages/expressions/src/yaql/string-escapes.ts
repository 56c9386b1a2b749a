/** Escapes of quoted texts: those of Python's `unicode-escape`; any other backslash stands for itself. */

const ESCAPE = /\\(?:U([^\n]{8})|u([^\n]{4})|x([^\n]{2})|([0-7]{1,3})|N\{([^}]+)\}|([\\'"abfnrtv]))/gu

const SHORT: Record<string, string> = {
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}

/** @param fail called with Python's text for an escape that names no character */
export function unescapeQuoted(text: string, fail: (message: string) => never): string {
  if (!text.includes('\\')) return text
  return text.replace(ESCAPE, (whole, long, short, byte, octal, named, simple) => {
    if (simple !== undefined) return SHORT[String(simple)] ?? whole
    if (octal !== undefined) return String.fromCodePoint(Number.parseInt(String(octal), 8))
    // NOTE: upstream knows the names of all characters; carrying that table is not worth its size.
    if (named !== undefined) return fail(`named characters are not supported: ${whole}`)
    return codePoint(String(long ?? short ?? byte), whole, fail)
  })
}

const KINDS: Record<string, string> = {
  U: '\\UXXXXXXXX',
  u: '\\uXXXX',
  x: '\\xXX',
}

function codePoint(digits: string, whole: string, fail: (message: string) => never): string {
  const valid = /^[0-9a-fA-F]*/.exec(digits)?.[0].length ?? 0
  if (valid < digits.length) {
    const kind = KINDS[whole[1] ?? 'x'] ?? ''
    return fail(`'unicodeescape' codec can't decode bytes in position 0-${valid + 1}: truncated ${kind} escape`)
  }
  const code = Number.parseInt(digits, 16)
  if (code > 0x10ffff) {
    return fail("'unicodeescape' codec can't decode bytes in position 0-9: illegal Unicode character")
  }
  return String.fromCodePoint(code)
}
