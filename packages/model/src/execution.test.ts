import { describe, expect, expectTypeOf, it } from 'vitest'
import { type Execution, executionSchema } from './execution.ts'
import type { FromSchema } from './from-schema.ts'

describe('the schema of an execution', () => {
  it('has the attributes of the type', () => {
    expectTypeOf<keyof FromSchema<typeof executionSchema>>().toEqualTypeOf<keyof Execution>()
    const required = Object.entries(executionSchema.properties).filter(([, property]) => 'required' in property)
    expect(required.map(([name]) => name)).toEqual([
      'id',
      'status',
      'start_timestamp',
      'action',
      'runner',
      'liveaction',
    ])
  })
})
