/** Splits a date written by people into words, numbers, blanks and signs. */

const PIECES = /(\p{L}[\p{L}.]*)|(\p{Nd}+(?:(?:\.|(?<=\p{Nd}\p{Nd}),)[\p{Nd}.]*)?)|(\s)|([\s\S])/gu

export function piecesOf(text: string): string[] {
  const pieces: string[] = []
  for (const [piece, word, number] of text.replaceAll('\0', '').matchAll(PIECES)) {
    if (word !== undefined) pieces.push(...piecesOfWord(word))
    else if (number !== undefined) pieces.push(...piecesOfNumber(number))
    else pieces.push(/\s/.test(piece) ? ' ' : piece)
  }
  return pieces
}

function piecesOfWord(word: string): string[] {
  return word.includes('.') ? split(word) : [word]
}

/** A point or a comma inside is a decimal point; more than one, or one at the end, separates. */
function piecesOfNumber(number: string): string[] {
  const points = number.split('.').length - 1
  if (points > 1 || /[.,]$/.test(number)) return split(number)
  return [points === 0 ? number.replace(',', '.') : number]
}

function split(text: string): string[] {
  return text.split(/([.,])/).filter((piece) => piece !== '')
}
