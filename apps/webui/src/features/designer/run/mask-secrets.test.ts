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
