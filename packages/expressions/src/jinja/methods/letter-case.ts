/** Letters in Python's way: words begin where a letter with a case follows something that has none. */

/** Titles of letters that their capitals do not give: three letters in one, and Greek ones with an iota below. */
const TITLES = new Map([
  ['ŉ', 'ʼN'],
  ...['ǄǅǆǅǇǈǉǈǊǋǌǋǱǲǳǲ'].flatMap((row) =>
    [0, 4, 8, 12].flatMap((at) =>
      [at, at + 1, at + 2].map((one): [string, string] => [row[one] ?? '', row[at + 3] ?? '']),
    ),
  ),
  ...[0x1f80, 0x1f90, 0x1fa0].flatMap((row) =>
    Array.from({ length: 16 }, (_, at): [string, string] => [
      String.fromCharCode(row + at),
      String.fromCharCode((row + at) | 8),
    ]),
  ),
  ...['ᾳᾼ', 'ᾼᾼ', 'ῃῌ', 'ῌῌ', 'ῳῼ', 'ῼῼ'].map(([from = '', to = '']): [string, string] => [from, to]),
  ...['ᾲᾺ\u0345', 'ᾴΆ\u0345', 'ᾷᾼ\u0342', 'ῂῊ\u0345', 'ῄΉ\u0345', 'ῇῌ\u0342', 'ῲῺ\u0345', 'ῴΏ\u0345', 'ῷῼ\u0342'].map(
    (row): [string, string] => [row.slice(0, 1), row.slice(1)],
  ),
])
/** Georgian letters are capitals in headlines only. */
const GEORGIAN = /[\u10d0-\u10ff]/

function titleOf(char: string): string {
  const special = TITLES.get(char)
  if (special !== undefined) return special
  if (GEORGIAN.test(char)) return char
  const [first = '', ...rest] = Array.from(char.toUpperCase())
  return rest.length === 0 ? first : first + rest.join('').toLowerCase()
}

const HAS_CASE = /\p{Cased}/u

/** Every letter after something without a case becomes large, so `they're` gives `They'Re`. */
export function title(text: string): string {
  return text.replace(/\p{Cased}+/gu, (word) => {
    const [first = ''] = word
    return titleOf(first) + word.slice(first.length).toLowerCase()
  })
}

export function capitalize(text: string): string {
  const [first = ''] = text
  return titleOf(first) + text.slice(first.length).toLowerCase()
}

export function swapCase(text: string): string {
  return text.replace(/\p{Uppercase}|\p{Lowercase}/gu, (char) =>
    /\p{Uppercase}/u.test(char) ? char.toLowerCase() : char.toUpperCase(),
  )
}

/** Cherokee letters fold to their capitals, and a dotless i stays what it is. */
const CHEROKEE = /[\u13a0-\u13f5]|[\u13f8-\u13fd]|[\uab70-\uabbf]/

export function caseFold(text: string): string {
  return text.replace(/[^\0-\x7f]/gu, foldChar).replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
}

function foldChar(char: string): string {
  if (char === 'ı') return char
  if (CHEROKEE.test(char)) return char.toUpperCase()
  return char.toLowerCase().toUpperCase().toLowerCase()
}

export function isLower(text: string): boolean {
  return /\p{Lowercase}/u.test(text) && !/[\p{Uppercase}\p{Lt}]/u.test(text)
}

export function isUpper(text: string): boolean {
  return /\p{Uppercase}/u.test(text) && !/[\p{Lowercase}\p{Lt}]/u.test(text)
}

export function isTitle(text: string): boolean {
  let wasCased = false
  let found = false
  for (const char of text) {
    if (/[\p{Uppercase}\p{Lt}]/u.test(char)) {
      if (wasCased) return false
      found = true
      wasCased = true
    } else if (/\p{Lowercase}/u.test(char)) {
      if (!wasCased) return false
      found = true
    } else {
      wasCased = HAS_CASE.test(char)
    }
  }
  return found
}
