import { toInt } from './convert.ts'
import { floatValue, isFloat, makeFloat, makeInt } from './kinds.ts'
import type { Numeric } from './arithmetic.ts'

/** More digits than a float can have after the point that matters: rounding there changes nothing. */
const MAX_DIGITS = 60

/** Python's `round(value, digits)`: exact, halves go to the even neighbour; an int stays an int, a float a float. */
export function round(value: Numeric, digits = 0): unknown {
  if (!isFloat(value)) return digits >= 0 ? toInt(value) : roundInt(BigInt(toInt(value)), -digits)
  const float = floatValue(value)
  if (!Number.isFinite(float) || digits > MAX_DIGITS) return makeFloat(float)
  if (digits < 0) return makeFloat(roundTens(float, -digits))
  return makeFloat(roundDigits(float, digits))
}

function roundInt(value: bigint, zeros: number): unknown {
  if (zeros > value.toString().length) return 0
  return makeInt(nearestMultiple(value, 10n ** BigInt(zeros), false))
}

/** @param above the value had a fraction that was cut off, so an apparent half lies above it */
function nearestMultiple(value: bigint, step: bigint, above: boolean): bigint {
  const size = value < 0n ? -value : value
  const down = size - (size % step)
  const twice = (size % step) * 2n
  const up = twice > step || (twice === step && (above || (down / step) % 2n === 1n))
  const rounded = up ? down + step : down
  return value < 0n ? -rounded : rounded
}

function roundTens(value: number, zeros: number): number {
  const whole = Math.trunc(value)
  if (zeros > 309) return value < 0 ? -0 : 0
  const rounded = Number(nearestMultiple(BigInt(whole), 10n ** BigInt(zeros), whole !== value))
  return rounded === 0 && (value < 0 || Object.is(value, -0)) ? -0 : rounded
}

function roundDigits(value: number, digits: number): number {
  return Math.abs(value) >= 1e21 ? value : Number(fixed(value, digits))
}

/** The value with so many digits after the point, exact halves to the even neighbour; below 1e21 and up to 60 digits. */
export function fixed(value: number, digits: number): string {
  // `toFixed` is exact but sends halves away from zero; a half shows as a 5 followed by zeros only
  const size = Math.abs(value)
  const exact = size.toFixed(digits + 30)
  const cut = exact.length - 30
  const isHalf = /^50*$/.test(exact.slice(cut))
  const kept = exact.slice(0, cut).replace(/\.$/, '')
  const text = isHalf && Number(kept.at(-1)) % 2 === 0 ? kept : size.toFixed(digits)
  return value < 0 || Object.is(value, -0) ? `-${text}` : text
}
