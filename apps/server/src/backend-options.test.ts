import { loadConfig } from '@st2/engine'
import { describe, expect, it } from 'vitest'
import { mongoConnection, rabbitConnection, redisUrl } from './backend-options.ts'
import { chosenBackends } from './backends.ts'

const load = (overrides: Record<string, string>) => loadConfig({ files: [], env: {}, overrides })
const ALL = {
  'database.host': 'db',
  'messaging.url': 'amqp://broker',
  'coordination.url': 'redis://cache',
}

describe('the choice of backends', () => {
  it('is embedded when nothing is set, and distributed when all is', () => {
    expect(chosenBackends(load({}))).toBe('embedded')
    expect(chosenBackends(load({ 'database.db_name': 'other' }))).toBe('embedded')
    expect(chosenBackends(load(ALL))).toBe('distributed')
  })

  it.each([
    [['database.host'], '[messaging] url and [coordination] url must be set too'],
    [['messaging.url'], '[database] host and [coordination] url must be set too'],
    [['database.host', 'messaging.url'], '[coordination] url must be set too'],
  ])('names what is missing beside %j', (names, message) => {
    const some = Object.fromEntries(Object.entries(ALL).filter(([name]) => names.includes(name)))
    expect(() => chosenBackends(load(some))).toThrow(message)
  })
})

describe('connections', () => {
  it('reach MongoDB by host and port, or by a URI', () => {
    const { config } = load({
      'database.host': '::1',
      'database.port': '1234',
      'database.username': 'u',
      'database.password': 'p',
    })
    expect(mongoConnection(config)).toMatchObject({
      url: 'mongodb://[::1]:1234/',
      database: 'st2',
      driver: { auth: { username: 'u', password: 'p' } },
    })
    expect(mongoConnection(load({ 'database.host': 'mongodb://a,b/?replicaSet=r' }).config).url).toBe(
      'mongodb://a,b/?replicaSet=r',
    )
  })

  it.each([
    [{ 'database.authentication_mechanism': 'MAGIC' }, /authentication_mechanism: "MAGIC" is none of/],
    [{ 'database.compressors': 'zstd' }, /compressors: "zstd" is not supported, use zlib/],
    [{ 'database.compressors': 'rar' }, /compressors: "rar" is unknown/],
    [{ 'database.zlib_compression_level': '12' }, /zlib_compression_level: 12 is not between -1 and 9/],
  ])('refuse %j', (overrides, message) => {
    expect(() => mongoConnection(load(overrides).config)).toThrow(message)
  })

  it('reach RabbitMQ, whose default names the virtual host with a second slash', () => {
    expect(rabbitConnection(load({}).config).url).toBe('amqp://guest:guest@127.0.0.1:5672/%2F')
    expect(rabbitConnection(load({ 'messaging.ssl': 'true' }).config).url).toMatch(/^amqps:/)
    expect(() => rabbitConnection(load({ 'messaging.cluster_urls': 'amqp://a,amqp://b' }).config)).toThrow(/one URL/)
  })

  it('reach Redis, and nothing else', () => {
    expect(redisUrl(load({ 'coordination.url': 'redis://h' }).config)).toBe('redis://h')
    expect(() => redisUrl(load({ 'coordination.url': 'zookeeper://h' }).config)).toThrow(
      /driver "zookeeper" is not supported/,
    )
  })
})
