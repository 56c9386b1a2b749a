import { PythonOverflowError, PythonZeroDivisionError } from './errors.ts'
import { PyObject } from './kinds.ts'
import { reprFloat } from './repr.ts'

/** What a negative number to the power of a fraction is. Nothing else makes complex numbers here. */
export class PyComplex extends PyObject {
  readonly pyType = 'complex'
  readonly real: number
  readonly imaginary: number

  constructor(real: number, imaginary: number) {
    super()
    this.real = real
    this.imaginary = imaginary
  }

  pyRepr(): string {
    const imaginary = `${shown(this.imaginary)}j`
    if (this.real === 0 && !Object.is(this.real, -0)) return imaginary
    return `(${shown(this.real)}${imaginary.startsWith('-') ? '' : '+'}${imaginary})`
  }

  override pyTruth(): boolean {
    return this.real !== 0 || this.imaginary !== 0
  }

  override pyEquals(other: unknown): boolean {
    if (other instanceof PyComplex) return other.real === this.real && other.imaginary === this.imaginary
    return this.imaginary === 0 && typeof other === 'number' && other === this.real
  }

  get size(): number {
    return Math.hypot(this.real, this.imaginary)
  }

  get negative(): PyComplex {
    return new PyComplex(-this.real, -this.imaginary)
  }
}

function shown(value: number): string {
  const text = reprFloat(value)
  return text.endsWith('.0') ? text.slice(0, -2) : text
}

export type ComplexOperator = '+' | '-' | '*' | '/' | '**'

export const COMPLEX_OPERATIONS: Record<ComplexOperator, (left: PyComplex, right: PyComplex) => PyComplex> = {
  '+': (a, b) => new PyComplex(a.real + b.real, a.imaginary + b.imaginary),
  '-': (a, b) => new PyComplex(a.real - b.real, a.imaginary - b.imaginary),
  '*': (a, b) =>
    new PyComplex(a.real * b.real - a.imaginary * b.imaginary, a.real * b.imaginary + a.imaginary * b.real),
  '/': divide,
  '**': power,
}

/** @source CPython: Objects/complexobject.c _Py_c_quot */
function divide(a: PyComplex, b: PyComplex): PyComplex {
  if (!b.pyTruth()) throw new PythonZeroDivisionError('complex division by zero')
  if (Math.abs(b.real) >= Math.abs(b.imaginary)) {
    const ratio = b.imaginary / b.real
    const scale = b.real + b.imaginary * ratio
    return new PyComplex((a.real + a.imaginary * ratio) / scale, (a.imaginary - a.real * ratio) / scale)
  }
  const ratio = b.real / b.imaginary
  const scale = b.real * ratio + b.imaginary
  return new PyComplex((a.real * ratio + a.imaginary) / scale, (a.imaginary * ratio - a.real) / scale)
}

/** Small whole exponents are multiplications. @source CPython: Objects/complexobject.c complex_pow */
function power(a: PyComplex, b: PyComplex): PyComplex {
  if (b.imaginary === 0 && Number.isInteger(b.real) && Math.abs(b.real) <= 100) return wholePower(a, b.real)
  if (!b.pyTruth()) return new PyComplex(1, 0)
  if (!a.pyTruth()) {
    if (b.imaginary !== 0 || b.real < 0) {
      throw new PythonZeroDivisionError('0.0 to a negative or complex power')
    }
    return new PyComplex(0, 0)
  }
  const angle = Math.atan2(a.imaginary, a.real)
  const turned = b.imaginary === 0 ? 1 : Math.exp(angle * b.imaginary)
  const size = a.size ** b.real / turned
  const phase = angle * b.real + (b.imaginary === 0 ? 0 : b.imaginary * Math.log(a.size))
  return finite(new PyComplex(size * Math.cos(phase), size * Math.sin(phase)))
}

function wholePower(a: PyComplex, exponent: number): PyComplex {
  const { '*': times, '/': over } = COMPLEX_OPERATIONS
  let result = new PyComplex(1, 0)
  let factor = a
  for (let rest = Math.abs(exponent); rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = times(result, factor)
    factor = times(factor, factor)
  }
  return finite(exponent < 0 ? over(new PyComplex(1, 0), result) : result)
}

function finite(value: PyComplex): PyComplex {
  if (Number.isFinite(value.real) && Number.isFinite(value.imaginary)) return value
  throw new PythonOverflowError('complex exponentiation')
}
