import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { applyDefaults } from './defaults.ts'
import { SchemaValidationError, bestMatch, type Path, type ValidationFailure } from './failure.ts'
import { allowNull } from './null-tolerance.ts'
import { parameterSetSchema } from './parameter-definitions.ts'
import type { ParameterSchema, Schema } from './schema-type.ts'
import { compileValidator } from './validator.ts'

interface ShownFailure {
  message: string
  path: Path
  keyword: string
}

interface ValidationCase {
  schema: Schema
  instance: unknown
  failures: ShownFailure[]
  shown: (ShownFailure & { longText: string }) | null
}

type Outcome = { value: unknown } | { error: string; path: Path }

interface DefaultsCase {
  parameters: Record<string, ParameterSchema>
  set: Schema
  openSet: Schema
  tolerant: Schema
  outcomes: { instance: unknown; tolerant: Outcome; strict: Outcome }[]
}

describe('jsonschema 4.26 in the dialect of StackStorm', () => {
  const cases = recorded<ValidationCase>('validation.json')

  it('finds the same failures, in the same order, with the same texts and paths', () => {
    expect(cases.length).toBeGreaterThan(1000)
    for (const { schema, instance, failures } of cases) {
      const validator = compileValidator(schema)
      const found = validator.validate(instance).map(shown)
      expect({ schema, instance, failures: found }).toEqual({ schema, instance, failures })
      expect(validator.isValid(instance)).toBe(failures.length === 0)
    }
  })

  it('shows the same one when there are several', () => {
    for (const { schema, instance, shown: expected } of cases) {
      const best = bestMatch(compileValidator(schema).validate(instance))
      expect({ schema, instance, best: best && { ...shown(best), longText: best.longText } }).toEqual({
        schema,
        instance,
        best: expected,
      })
    }
  })
})

describe('defaults, null tolerance and parameter sets of StackStorm', () => {
  const cases = recorded<DefaultsCase>('defaults.json')

  it('builds the same schema from a dict of parameters', () => {
    for (const { parameters, set, openSet } of cases) {
      expect(parameterSetSchema(parameters)).toEqual(set)
      expect(parameterSetSchema(parameters, { additionalProperties: true })).toEqual(openSet)
    }
  })

  it('adds null to the same types', () => {
    for (const { set, tolerant } of cases) expect(allowNull(set)).toEqual(tolerant)
  })

  it('fills in the same values and refuses the same ones', () => {
    for (const { set, outcomes } of cases) {
      for (const { instance, tolerant, strict } of outcomes) {
        expect({ set, instance, outcome: outcomeOf(allowNull(set), instance) }).toEqual({
          set,
          instance,
          outcome: tolerant,
        })
        expect({ set, instance, outcome: outcomeOf(set, instance) }).toEqual({ set, instance, outcome: strict })
      }
    }
  })
})

/** JSON read in a test has the type the recording script gives it. */
function recorded<T>(file: string): T[] {
  const cases: T[] = JSON.parse(readFileSync(new URL(`../conformance/${file}`, import.meta.url), 'utf8'))
  return cases
}

function shown(failure: ValidationFailure): ShownFailure {
  return { message: failure.message, path: failure.path, keyword: failure.keyword }
}

function outcomeOf(schema: Schema, instance: unknown): Outcome {
  const value = applyDefaults(schema, instance)
  try {
    compileValidator(schema).assertValid(value)
    return { value }
  } catch (error) {
    if (!(error instanceof SchemaValidationError)) throw error
    return { error: error.message, path: error.path }
  }
}
