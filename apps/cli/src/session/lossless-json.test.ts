import { dumpsJson } from '@st2/python-values'
import { expect, it } from 'vitest'
import { parseLosslessJson } from './lossless-json.ts'

it('keeps numbers as they are written', () => {
  const text = '{"big": 12345678901234567890, "float": 1.0, "half": 0.5, "int": 7, "list": [2.0, "3.0"]}'
  expect(dumpsJson(parseLosslessJson(text))).toBe(text)
})
