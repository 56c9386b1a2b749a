import { expect, it } from 'vitest'
import { maskSecrets, secretTexts } from './mask-secrets.ts'

it('masks what secret parameters were given, wherever it stands', () => {
  const parameters = [
    { name: 'key', schema: { type: 'string', secret: true } },
    { name: 'host', schema: { type: 'string' } },
  ]
  const secrets = secretTexts(parameters, { key: 's3', host: 'web' })
  expect(maskSecrets({ cmd: 'login s3', list: ['s3', 'web', 5] }, secrets)).toEqual({
    cmd: 'login ********',
    list: ['********', 'web', 5],
  })
})

it('masks all of a secret that is a list, a mapping or a number, and the longest of those that begin alike', () => {
  const schema = { secret: true }
  const parameters = ['login', 'pin', 'key', 'off'].map((name) => ({ name, schema }))
  const inputs = { login: { user: 'ann', words: ['pass'] }, pin: 1234, key: 'passport', off: false }
  const secrets = secretTexts(parameters, inputs)
  expect(maskSecrets({ login: inputs.login, pin: 1234, cmd: 'enter 1234 passport', off: false }, secrets)).toEqual({
    login: { user: '********', words: ['********'] },
    pin: '********',
    cmd: 'enter ******** ********',
    off: false,
  })
})
