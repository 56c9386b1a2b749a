import { expect, it } from 'vitest'
import { findActions } from './find-actions.ts'

const ACTIONS = ['core.http', 'core.echo', 'web.http_check', 'aws.call', 'core.local'].map((ref) => ({
  ref,
  pack: ref.split('.')[0] ?? '',
  name: ref.split('.')[1] ?? '',
  description: ref === 'aws.call' ? 'Calls over HTTP.' : 'Does it.',
}))
const found = (text: string, recent: readonly string[] = []) => findActions(ACTIONS, text, recent).map(({ ref }) => ref)

it('finds names first, then descriptions, and all words must be there', () => {
  expect(found('http')).toEqual(['core.http', 'web.http_check', 'aws.call'])
  expect(found('http core')).toEqual(['core.http'])
  expect(found('nothing')).toEqual([])
})

it('puts what was used lately first among equals', () => {
  expect(found('core', ['core.local'])).toEqual(['core.local', 'core.echo', 'core.http'])
  expect(found('http', ['aws.call'])[0], 'a name is better than a description').toBe('core.http')
})
