import { compareText, PythonTypeError, PythonValueError, repr, typeName } from '@st2/python-values'
import { classText } from './class-text.ts'
import type { PlatformFunction } from './function-table.ts'

/** @source st2: st2common/st2common/expressions/functions/version.py */
export const VERSION_FUNCTIONS: readonly PlatformFunction[] = [
  comparison('version_compare', 'How a version stands to another: -1, 0 or 1.', (order) => order),
  comparison('version_more_than', 'Whether the version is later than another.', (order) => order === 1),
  comparison('version_less_than', 'Whether the version is earlier than another.', (order) => order === -1),
  comparison('version_equal', 'Whether the version is the same as another.', (order) => order === 0),
  {
    name: 'version_match',
    pythonName: 'version_match',
    parameters: ['value', 'pattern'],
    help: 'Whether the version fits a comparison such as >=1.0.0.',
    run: ([value, pattern]) => matches(parseVersion(value), pattern),
  },
  bump('version_bump_major', 'The next major version.', ({ major }) => `${major + 1n}.0.0`),
  bump('version_bump_minor', 'The next minor version.', ({ major, minor }) => `${major}.${minor + 1n}.0`),
  bump('version_bump_patch', 'The next patch version.', ({ major, minor, patch }) => `${major}.${minor}.${patch + 1n}`),
  bump('version_strip_patch', 'The version as major.minor.', ({ major, minor }) => `${major}.${minor}`),
]

/** A version by the rules of SemVer 2.0. What follows `+` has no rank. */
interface Version {
  major: bigint
  minor: bigint
  patch: bigint
  prerelease: string
}

function comparison(name: string, help: string, verdict: (order: number) => unknown): PlatformFunction {
  return {
    name,
    // upstream's other comparisons are made of the first
    pythonName: name,
    parameters: ['value', 'pattern'],
    help,
    run: ([value, pattern]) => verdict(compareVersions(parseVersion(value), otherVersion(pattern))),
  }
}

function bump(name: string, help: string, next: (version: Version) => string): PlatformFunction {
  return { name, pythonName: name, parameters: ['value'], help, run: ([value]) => next(parseVersion(value)) }
}

const NUMBER = '(?:0|[1-9]\\d*)'
const TAG = `(?:${NUMBER}|\\d*[a-zA-Z-][\\da-zA-Z-]*)`
const VERSION = new RegExp(
  `^(${NUMBER})\\.(${NUMBER})\\.(${NUMBER})(?:-(${TAG}(?:\\.${TAG})*))?(?:\\+[\\da-zA-Z-]+(?:\\.[\\da-zA-Z-]+)*)?\\n?$`,
)

function parseVersion(value: unknown): Version {
  if (typeof value !== 'string') throw new PythonTypeError(`not expecting type '${classText(value)}'`)
  const match = VERSION.exec(value)
  if (match === null) throw new PythonValueError(`${value} is not valid SemVer string`)
  const [, major = '0', minor = '0', patch = '0', prerelease = ''] = match
  return { major: BigInt(major), minor: BigInt(minor), patch: BigInt(patch), prerelease }
}

function otherVersion(value: unknown): Version {
  if (typeof value === 'string') return parseVersion(value)
  throw new PythonTypeError(`Expected str, bytes, dict, tuple, list, or Version instance, but got ${classText(value)}`)
}

function compareVersions(left: Version, right: Version): number {
  for (const part of ['major', 'minor', 'patch'] as const) {
    if (left[part] !== right[part]) return left[part] < right[part] ? -1 : 1
  }
  if (left.prerelease === right.prerelease) return 0
  // a version without a tag is later than one with
  if (left.prerelease === '') return 1
  if (right.prerelease === '') return -1
  return compareTags(left.prerelease.split('.'), right.prerelease.split('.'))
}

function compareTags(left: string[], right: string[]): number {
  for (const [at, tag] of left.entries()) {
    const other = right[at]
    if (other === undefined) break
    const order = compareTag(tag, other)
    if (order !== 0) return order
  }
  return Math.sign(left.length - right.length)
}

/** Numbers come before words. */
function compareTag(left: string, right: string): number {
  const [isNumber, isOtherNumber] = [/^\d+$/.test(left), /^\d+$/.test(right)]
  if (isNumber !== isOtherNumber) return isNumber ? -1 : 1
  if (!isNumber) return Math.sign(compareText(left, right))
  const [a, b] = [BigInt(left), BigInt(right)]
  return a < b ? -1 : a > b ? 1 : 0
}

const VERDICTS: Record<string, (order: number) => boolean> = {
  '>': (order) => order > 0,
  '<': (order) => order < 0,
  '>=': (order) => order >= 0,
  '<=': (order) => order <= 0,
  '==': (order) => order === 0,
  '!=': (order) => order !== 0,
}

function matches(version: Version, pattern: unknown): boolean {
  if (typeof pattern !== 'string') throw new PythonTypeError(`'${typeName(pattern)}' object is not subscriptable`)
  const sign = /^(?:[<>=!]=|[<>](?!=)|(?=\d))/.exec(pattern)?.[0]
  if (sign === undefined) throw new PythonValueError(MATCH_FORMAT + repr(pattern))
  const order = compareVersions(version, parseVersion(pattern.slice(sign.length)))
  return VERDICTS[sign === '' ? '==' : sign]?.(order) === true
}

const MATCH_FORMAT =
  "match_expr parameter should be in format <op><ver>, where <op> is one of ['<', '>', '==', '<=', '>=', '!=']. You provided: "
