import { PythonValueError } from '@st2/python-values'
import { daysInMonth } from './calendar.ts'

export interface ResolvedDate {
  year: number | null
  month: number | null
  day: number | null
}

/** Up to three numbers of a date, of which it is not always known what they are. */
export class YearMonthDay {
  readonly #values: number[] = []
  hasCentury = false
  #year: number | null = null
  #month: number | null = null

  get length(): number {
    return this.#values.length
  }

  addText(text: string): void {
    if (!/^\p{Nd}+$/u.test(text)) throw new PythonValueError('no number of a date')
    this.#push(Number(text), text.length > 2)
  }

  /** A fraction is cut off. */
  add(value: number): void {
    this.#push(Math.trunc(value), value > 100)
  }

  addYear(year: number, hasCentury = year > 100): void {
    if (hasCentury) this.hasCentury = true
    if (this.#year !== null) throw new PythonValueError('Year is already set')
    this.#values.push(year)
    this.#year = this.#values.length - 1
  }

  addMonth(month: number): void {
    if (this.#month !== null) throw new PythonValueError('Month is already set')
    this.#values.push(month)
    this.#month = this.#values.length - 1
  }

  #push(value: number, isYear: boolean): void {
    if (isYear) this.addYear(value, true)
    else this.#values.push(value)
  }

  couldBeDay(value: number): boolean {
    if (this.#month === null) return value >= 1 && value <= 31
    const year = this.#year === null ? 2000 : (this.#values[this.#year] ?? 2000)
    return value >= 1 && value <= daysInMonth(year, this.#values[this.#month] ?? 1)
  }

  /** @throws PythonValueError for more than three numbers */
  resolve(): ResolvedDate {
    const values = this.#values
    const labelled = Number(this.#year !== null) + Number(this.#month !== null)
    if (values.length > 3) throw new PythonValueError('More than three YMD values')
    if ((values.length === labelled && labelled > 0) || (values.length === 3 && labelled === 2)) return this.#byLabels()
    if (values.length === 1 || (this.#month !== null && values.length === 2)) return this.#byOne()
    if (values.length === 2) return this.#byTwo(values[0] ?? 0, values[1] ?? 0)
    return values.length === 3 ? this.#byThree(values[0] ?? 0, values[1] ?? 0, values[2] ?? 0) : NO_DATE
  }

  #byLabels(): ResolvedDate {
    const at = (index: number | null): number | null => (index === null ? null : (this.#values[index] ?? null))
    const dayAt = this.#values.findIndex((_value, index) => index !== this.#year && index !== this.#month)
    return {
      year: at(this.#year),
      month: at(this.#month),
      day: dayAt === -1 ? null : at(dayAt),
    }
  }

  #byOne(): ResolvedDate {
    const values = this.#values
    const month = this.#month === null ? null : (values[this.#month] ?? null)
    const other = this.#month === null ? values[0] : (values[this.#month - 1] ?? values.at(-1))
    if (values.length === 1 && this.#month !== null) return { ...NO_DATE, month }
    return other !== undefined && other > 31
      ? { year: other, month, day: null }
      : { year: null, month, day: other ?? null }
  }

  #byTwo(first: number, second: number): ResolvedDate {
    if (first > 31) return { year: first, month: second, day: null }
    if (second > 31) return { year: second, month: first, day: null }
    return { year: null, month: first, day: second }
  }

  #byThree(first: number, second: number, third: number): ResolvedDate {
    if (this.#month === 0) {
      return second > 31 ? { month: first, year: second, day: third } : { month: first, day: second, year: third }
    }
    if (this.#month === 1) {
      return first > 31 ? { year: first, month: second, day: third } : { day: first, month: second, year: third }
    }
    if (this.#month === 2) {
      return second > 31 ? { day: first, year: second, month: third } : { year: first, day: second, month: third }
    }
    if (first > 31 || this.#year === 0) return { year: first, month: second, day: third }
    return first > 12 ? { day: first, month: second, year: third } : { month: first, day: second, year: third }
  }
}

const NO_DATE: ResolvedDate = { year: null, month: null, day: null }
