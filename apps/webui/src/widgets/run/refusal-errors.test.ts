import { expect, it } from 'vitest'
import { refusalErrors } from './refusal-errors.ts'

it('tells each mistake once, with its place where there is one', () => {
  const bad = { type: 'content', message: 'no such action', spec_path: 'tasks.a.action', schema_path: null }
  const errors = [bad, bad, { message: 'unreadable' }, { type: 'syntax', message: 'odd', spec_path: null }, 'nonsense']
  expect(refusalErrors({ output: null, errors })).toEqual([
    { message: 'no such action', place: 'tasks.a.action' },
    { message: 'unreadable', place: '' },
    { message: 'odd', place: '' },
  ])
})

it('finds nothing where nothing is told', () => {
  expect(refusalErrors(undefined)).toEqual([])
  expect(refusalErrors({ errors: 'no list' })).toEqual([])
})
