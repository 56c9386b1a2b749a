/** Dates as people write them, read by the rules of the `dateutil` library that upstream uses. */
import { PythonValueError, requireWithin } from '@st2/python-values'
import { daysInMonth } from './calendar.ts'
import { DateTime, type Fields, UTC, type Zone, zoneOf } from './date-time.ts'
import { piecesOf } from './free-lexer.ts'
import { HMS, hasJump, indexOf, MONTH_NAMES, WEEKDAY_NAMES, ampmOf, isUtcName } from './free-words.ts'
import { TimeSpan } from './time-span.ts'
import { YearMonthDay } from './year-month-day.ts'

/** @param today what parts that are missing are taken from */
export function parseDate(text: string, today: () => DateTime): DateTime {
  return build(read(text), today(), text)
}

/** A date as it was written: without a zone it is nobody's time yet. */
export interface WrittenDate {
  /** ms since 1970 of the clock, as if it showed UTC. */
  readonly clockMs: number
  /** ms that the written zone is ahead of UTC; null when none was written. */
  readonly offsetMs: number | null
}

/**
 * @param todayMs what parts that are missing are taken from: midnight, ms since 1970 as if the clock showed UTC
 * @throws PythonValueError
 */
export function parseWrittenDate(text: string, todayMs: number): WrittenDate {
  const reader = read(text)
  const date = build(reader, DateTime.fromInstant(BigInt(todayMs) * 1000n, UTC), text)
  const offsetMs = reader.hasZone ? Number(date.offset.micros / 1000n) : null
  return { clockMs: Number(date.instant / 1000n) + (offsetMs ?? 0), offsetMs }
}

function read(text: string): Reader {
  requireWithin('dateLength', text.length)
  const reader = new Reader(piecesOf(text))
  try {
    reader.read()
  } catch (error) {
    if (error instanceof PythonValueError) throw unknown(text)
    throw error
  }
  if (reader.isEmpty) throw parserError(`String does not contain a date: ${text}`)
  return reader
}

function unknown(text: string): PythonValueError {
  return parserError(`Unknown string format: ${text}`)
}

function parserError(message: string): PythonValueError {
  return new PythonValueError(message, undefined, 'ParserError')
}

function build(reader: Reader, today: DateTime, text: string): DateTime {
  const { found, weekday } = reader
  const date = found.resolve()
  const year = date.year === null ? today.fields.year : fullYear(date.year, found.hasCentury, today.fields.year)
  const month = date.month ?? today.fields.month
  if (date.day === null && (month < 1 || month > 12)) {
    throw parserError(`bad month number ${month}; must be 1-12: ${text}`)
  }
  const day = date.day ?? Math.min(today.fields.day, daysInMonth(year, month))
  const fields: Fields = { year, month, day, ...reader.clock }
  try {
    const result = new DateTime(fields, reader.zone)
    if (weekday === null || (date.day !== null && date.day !== 0)) return result
    return result.plus(BigInt((weekday - result.weekday + 7) % 7) * 86_400_000_000n)
  } catch (error) {
    if (error instanceof PythonValueError) throw parserError(`${error.message}: ${text}`)
    throw error
  }
}

function fullYear(year: number, hasCentury: boolean, thisYear: number): number {
  if (year >= 100 || hasCentury) return year
  const full = year + Math.floor(thisYear / 100) * 100
  if (full >= thisYear + 50) return full - 100
  return full < thisYear - 50 ? full + 100 : full
}

class Reader {
  readonly found = new YearMonthDay()
  weekday: number | null = null
  readonly #pieces: string[]
  #at = 0
  #hour: number | null = null
  #minute: number | null = null
  #second: number | null = null
  #microsecond: number | null = null
  #zoneName: string | null = null
  #zoneOffset: number | null = null
  #half: number | null = null

  constructor(pieces: string[]) {
    this.#pieces = pieces
  }

  get isEmpty(): boolean {
    const date = this.found.resolve()
    const parts = [date.year, date.month, date.day, this.weekday, this.#hour, this.#minute, this.#second]
    return [...parts, this.#microsecond, this.#zoneName, this.#zoneOffset, this.#half].every((part) => part === null)
  }

  get clock(): Pick<Fields, 'hour' | 'minute' | 'second' | 'microsecond'> {
    return {
      hour: this.#hour ?? 0,
      minute: this.#minute ?? 0,
      second: this.#second ?? 0,
      microsecond: this.#microsecond ?? 0,
    }
  }

  /** NOTE: a name that nobody knows is no zone. */
  get hasZone(): boolean {
    return this.#zoneOffset !== null || (this.#zoneName !== null && isUtcName(this.#zoneName))
  }

  get zone(): Zone {
    const isUtc = this.#zoneName !== null && isUtcName(this.#zoneName)
    const offset = isUtc ? 0 : (this.#zoneOffset ?? 0)
    return offset === 0 ? UTC : zoneOf(new TimeSpan(BigInt(offset) * 1_000_000n))
  }

  read(): void {
    for (; this.#at < this.#pieces.length; this.#at++) this.#piece(this.#required(0))
    this.found.resolve()
  }

  #piece(piece: string): void {
    const weekday = indexOf(WEEKDAY_NAMES, piece)
    const month = indexOf(MONTH_NAMES, piece)
    const half = ampmOf(piece)
    if (isNumber(piece)) this.#number(piece)
    else if (weekday !== null) this.weekday = weekday
    else if (month !== null) this.#month(month + 1)
    else if (half !== null) this.#ampm(half)
    else if (this.#couldBeZone(piece)) this.#zone(piece)
    else if (this.#hour !== null && (piece === '+' || piece === '-')) this.#offset(piece)
    else if (!hasJump(piece)) throw new PythonValueError('unknown piece')
  }

  #peek(ahead: number): string | undefined {
    return this.#pieces[this.#at + ahead]
  }

  #required(ahead: number): string {
    const piece = this.#peek(ahead)
    if (piece === undefined) throw new PythonValueError('the text ends too early')
    return piece
  }

  #month(month: number): void {
    this.found.addMonth(month)
    const separator = this.#peek(1)
    if (separator === '-' || separator === '/') {
      this.found.addText(this.#required(2))
      if (this.#peek(3) === separator) {
        this.found.addText(this.#required(4))
        this.#at += 2
      }
      this.#at += 2
    } else if (separator === ' ' && this.#peek(3) === ' ' && this.#peek(2)?.toLowerCase() === 'of') {
      const year = this.#peek(4)
      if (year === undefined) return
      if (/^\p{Nd}+$/u.test(year)) this.found.addYear(Number(year))
      this.#at += 4
    }
  }

  #ampm(half: number): void {
    if (this.#hour === null || this.#hour < 0 || this.#hour > 12) throw new PythonValueError('no hour of 12')
    this.#hour = inHalf(this.#hour, half)
    this.#half = half
  }

  #couldBeZone(piece: string): boolean {
    if (this.#hour === null || this.#zoneName !== null || this.#zoneOffset !== null) return false
    return piece.length <= 5 && (/^[A-Z]+$/.test(piece) || ['UTC', 'GMT', 'Z', 'z'].includes(piece))
  }

  /** NOTE: `GMT+3` means three hours behind it, as POSIX has it. */
  #zone(name: string): void {
    this.#zoneName = name
    this.#zoneOffset = isUtcName(name) ? 0 : null
    const sign = this.#peek(1)
    if (sign !== '+' && sign !== '-') return
    this.#pieces[this.#at + 1] = sign === '+' ? '-' : '+'
    this.#zoneOffset = null
    if (isUtcName(name)) this.#zoneName = null
  }

  #offset(sign: string): void {
    const digits = this.#required(1)
    let hours = integer(digits.slice(0, 2))
    let minutes = 0
    if (digits.length === 4) {
      minutes = integer(digits.slice(2))
    } else if (this.#peek(2) === ':') {
      hours = integer(digits)
      minutes = integer(this.#required(3))
      this.#at += 2
    } else if (digits.length > 2) {
      throw new PythonValueError('no offset')
    }
    this.#zoneOffset = (sign === '+' ? 1 : -1) * (hours * 3600 + minutes * 60)
    if (this.#isZoneInParentheses()) {
      this.#zoneName = this.#required(4)
      this.#at += 4
    }
    this.#at += 1
  }

  #isZoneInParentheses(): boolean {
    const name = this.#peek(4)
    if (this.#peek(3) !== '(' || this.#peek(5) !== ')' || name === undefined) return false
    return hasJump(this.#peek(2) ?? '') && name.length >= 3 && name.length <= 5 && /^[A-Z]+$/.test(name)
  }

  #number(piece: string): void {
    const value = Number(piece)
    const { length } = piece
    const next = this.#peek(1)
    if (this.#isBareTime(length, next)) {
      this.#hour = integer(piece.slice(0, 2))
      if (length === 4) this.#minute = integer(piece.slice(2))
    } else if (length === 6 || (length > 6 && piece.indexOf('.') === 6)) {
      this.#six(piece)
    } else if (length === 8 || length === 12 || length === 14) {
      this.#compact(piece)
    } else if (this.#unit(piece, value)) {
      return
    } else if (next === ':' && this.#peek(2) !== undefined) {
      this.#clockTime(value)
    } else if (next === '-' || next === '/' || next === '.') {
      this.#separated(piece, next)
    } else if (next === undefined || hasJump(next)) {
      this.#alone(value)
    } else if (ampmOf(next) !== null && value >= 0 && value < 24) {
      this.#hour = inHalf(Math.trunc(value), ampmOf(next) ?? 0)
      this.#at += 1
    } else if (this.found.couldBeDay(value)) {
      this.found.add(value)
    } else {
      throw new PythonValueError('unknown number')
    }
  }

  #isBareTime(length: number, next: string | undefined): boolean {
    if (this.found.length !== 3 || (length !== 2 && length !== 4) || this.#hour !== null) return false
    return next === undefined || (next !== ':' && indexOf(HMS, next) === null)
  }

  #six(piece: string): void {
    if (this.found.length === 0 && !piece.includes('.')) {
      for (const at of [0, 2, 4]) this.found.addText(piece.slice(at, at + 2))
      return
    }
    this.#hour = integer(piece.slice(0, 2))
    this.#minute = integer(piece.slice(2, 4))
    this.#seconds(piece.slice(4))
  }

  #compact(piece: string): void {
    this.found.addYear(integer(piece.slice(0, 4)), true)
    this.found.addText(piece.slice(4, 6))
    this.found.addText(piece.slice(6, 8))
    if (piece.length > 8) {
      this.#hour = integer(piece.slice(8, 10))
      this.#minute = integer(piece.slice(10, 12))
    }
    if (piece.length > 12) this.#second = integer(piece.slice(12))
  }

  /** A number with a unit, `10h`, or one that goes on behind a unit, `10h30`. */
  #unit(piece: string, value: number): boolean {
    const last = this.#pieces.length - 1
    const unitAt = (at: number): number | null => indexOf(HMS, this.#pieces[at] ?? '')
    const at = this.#at
    const jumped = unitAt(at + 1) === null && this.#peek(1) === ' ' ? unitAt(at + 2) : null
    if (unitAt(at + 1) !== null || jumped !== null) {
      this.#assign(piece, value, unitAt(at + 1) ?? jumped ?? 0)
      this.#at += jumped === null ? 1 : 2
      return true
    }
    const behind = unitAt(at - 1) ?? (at > 1 && at === last && this.#pieces[at - 1] === ' ' ? unitAt(at - 2) : null)
    if (behind === null) return false
    this.#assign(piece, value, behind + 1)
    return true
  }

  #assign(piece: string, value: number, unit: number): void {
    const rest = value % 1
    if (unit === 0) {
      this.#hour = Math.trunc(value)
      if (rest !== 0) this.#minute = Math.trunc(60 * rest)
    } else if (unit === 1) {
      this.#minutes(value)
    } else if (unit === 2) {
      this.#seconds(piece)
    }
  }

  #minutes(value: number): void {
    this.#minute = Math.trunc(value)
    this.#second = value % 1 === 0 ? null : Math.trunc(Number((60 * (value % 1)).toFixed(9)))
  }

  #seconds(piece: string): void {
    const [whole = '', fraction = ''] = piece.split('.')
    this.#second = integer(whole)
    this.#microsecond = piece.includes('.') ? integer(fraction.padEnd(6, '0').slice(0, 6)) : 0
  }

  #clockTime(hour: number): void {
    this.#hour = Math.trunc(hour)
    const minutes = this.#required(2)
    if (!isNumber(minutes)) throw new PythonValueError('no minutes')
    this.#minutes(Number(minutes))
    if (this.#peek(3) === ':' && this.#peek(4) !== undefined) {
      this.#seconds(this.#required(4))
      this.#at += 2
    }
    this.#at += 2
  }

  #separated(piece: string, separator: string): void {
    this.found.addText(piece)
    const second = this.#peek(2)
    if (second !== undefined && !hasJump(second)) {
      this.#dateField(second, 'digits')
      if (this.#peek(3) === separator) {
        this.#dateField(this.#required(4), 'any')
        this.#at += 2
      }
      this.#at += 1
    }
    this.#at += 1
  }

  #dateField(piece: string, takes: 'digits' | 'any'): void {
    const month = indexOf(MONTH_NAMES, piece)
    if (month !== null) this.found.addMonth(month + 1)
    else if (takes === 'any' || /^\p{Nd}+$/u.test(piece)) this.found.addText(piece)
    else throw new PythonValueError('no month')
  }

  #alone(value: number): void {
    const half = ampmOf(this.#peek(2) ?? '')
    if (half === null) this.found.add(value)
    else this.#hour = inHalf(Math.trunc(value), half)
    this.#at += half === null ? 1 : 2
  }
}

function inHalf(hour: number, half: number): number {
  if (hour < 12 && half === 1) return hour + 12
  return hour === 12 && half === 0 ? 0 : hour
}

function isNumber(piece: string): boolean {
  return /^\d+(?:\.\d*)?$/.test(piece)
}

function integer(text: string): number {
  if (!/^\d+$/.test(text)) throw new PythonValueError('no integer')
  return Number(text)
}
