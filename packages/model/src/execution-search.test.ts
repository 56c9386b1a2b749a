import { describe, expect, it } from 'vitest'
import { isExecutionPath, isSearchedPath, searchWords } from './execution-search.ts'

describe('the words of a search', () => {
  it.each<[string, string[]]>([
    ['  ', []],
    ['disk  web-7', ['disk', 'web-7']],
    ['"disk full" web', ['disk full', 'web']],
    ['a"b c"d', ['a', 'b c', 'd']],
    ['"no end', ['no end']],
    ['twice twice', ['twice']],
  ])('%s', (text, words) => {
    expect(searchWords(text)).toEqual(words)
  })
})

describe('the path of a free filter', () => {
  it.each([
    ['parameters.cmd', true, true],
    ['action.ref', true, true],
    ['runner.name', true, true],
    ['action.name', false, true],
    ['liveaction.status', false, true],
    ['status', true, false],
    ['host.name', false, false],
    ['constructor', false, false],
  ])('%s is searched: %s, of an execution: %s', (path, isSearched, isOfExecution) => {
    expect([isSearchedPath(path), isExecutionPath(path)]).toEqual([isSearched, isOfExecution])
  })
})
