import { PyObject, PythonOverflowError, PythonValueError } from '@st2/python-values'

const DAY = 86_400_000_000n
const MAX_DAYS = 999_999_999n
const MAX_C_INT = 2n ** 31n - 1n

/** A length of time, Python's `timedelta`: exact in microseconds. */
export class TimeSpan extends PyObject {
  readonly pyType = 'datetime.timedelta'
  readonly micros: bigint

  /** @throws PythonOverflowError beyond 999,999,999 days */
  constructor(micros: bigint) {
    super()
    const days = floorDivide(micros, DAY)
    if (days > MAX_C_INT || days < -MAX_C_INT - 1n) {
      throw new PythonOverflowError('Python int too large to convert to C int')
    }
    if (days > MAX_DAYS || days < -MAX_DAYS) {
      throw new PythonOverflowError(`days=${days}; must have magnitude <= ${MAX_DAYS}`)
    }
    this.micros = micros
  }

  /** Rounded to the nearest microsecond, halves to the even one. */
  static fromFloat(micros: number): TimeSpan {
    if (Number.isNaN(micros)) throw new PythonValueError('cannot convert float NaN to integer')
    if (!Number.isFinite(micros)) throw new PythonOverflowError('cannot convert float infinity to integer')
    const floor = Math.floor(micros)
    const rest = micros - floor
    const up = rest > 0.5 || (rest === 0.5 && floor % 2 !== 0)
    return new TimeSpan(BigInt(up ? floor + 1 : floor))
  }

  get days(): bigint {
    return floorDivide(this.micros, DAY)
  }

  /** What is left of the last day, in whole seconds. */
  get seconds(): number {
    return Number((this.micros - this.days * DAY) / 1_000_000n)
  }

  get microseconds(): number {
    return Number((this.micros - this.days * DAY) % 1_000_000n)
  }

  override pyTruth(): boolean {
    return this.micros !== 0n
  }

  override pyEquals(other: unknown): boolean {
    return other instanceof TimeSpan && other.micros === this.micros
  }

  hashText(): string {
    return `\0T${this.micros}`
  }

  override pyStr(): string {
    const { days, seconds, microseconds } = this
    const clock = `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
    const fraction = microseconds === 0 ? '' : `.${String(microseconds).padStart(6, '0')}`
    const plural = days === 1n || days === -1n ? '' : 's'
    return days === 0n ? clock + fraction : `${days} day${plural}, ${clock}${fraction}`
  }

  pyRepr(): string {
    const { days, seconds, microseconds } = this
    const parts = [
      days !== 0n && `days=${days}`,
      seconds !== 0 && `seconds=${seconds}`,
      microseconds !== 0 && `microseconds=${microseconds}`,
    ].filter((part) => part !== false)
    return `datetime.timedelta(${parts.length === 0 ? '0' : parts.join(', ')})`
  }
}

export const ZERO_SPAN = new TimeSpan(0n)

export function floorDivide(left: bigint, right: bigint): bigint {
  const quotient = left / right
  return left % right < 0n ? quotient - 1n : quotient
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
