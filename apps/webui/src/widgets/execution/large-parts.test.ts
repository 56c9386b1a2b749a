import { describe, expect, it } from 'vitest'
import { largeParts } from './large-parts.ts'

const text = (key: string, preview: string) => ({
  key,
  path: `$.${key}`,
  type: 'string',
  count: preview.length,
  preview,
})

describe('largeParts', () => {
  it('tells what a script returned, printed and failed with apart', () => {
    const entries = [
      text('result', 'None'),
      text('stdout', 'many lines'),
      text('stderr', ''),
      text('error', 'no'),
      { key: 'exit_code', path: '$.exit_code', type: 'number', count: null, preview: '3' },
    ]
    expect(largeParts('python-script', entries)).toEqual([
      { name: 'Error', path: '$.error' },
      { name: 'Output', path: '$.stdout', exitCode: 3 },
    ])
  })

  it('shows anything else as a whole', () => {
    expect(largeParts('orquesta', [text('stdout', 'x')])).toEqual([{ name: 'Result', path: '$' }])
    expect(largeParts('remote-shell-cmd', [{ ...text('web1', ''), type: 'object' }])).toEqual([
      { name: 'Result', path: '$' },
    ])
  })
})
