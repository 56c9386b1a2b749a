import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { sensorHash } from '../../src/triggers/sensors/sensor-hash.ts'
import { sensorPartition } from '../../src/triggers/sensors/sensor-partition.ts'

const folder = mkdtempSync(join(tmpdir(), 'partition-'))
const file = join(folder, 'map.yaml')
writeFileSync(file, 'one: [a.A, a.B]\nnone:\nempty: []\nwrong: {a: 1}\n')
writeFileSync(join(folder, 'broken.yaml'), 'a: [')
afterAll(() => rmSync(folder, { recursive: true }))

const KEYS: Readonly<Record<string, string>> = { 'one.sensor_partition': 'a.A, a.B', 'empty.sensor_partition': '' }

async function owned(provider: Record<string, string>, node = 'one'): Promise<string[]> {
  const partition = await sensorPartition({ provider, node, readKey: async (name) => KEYS[name] ?? null })
  return ['a.A', 'a.B', 'b.C'].filter(partition)
}

it.each([
  ['linux.FileWatchSensor', 1_562_168_054],
  ['examples.SampleSensor', 4_026_535_470],
  ['examples.SamplePollingSensor', 546_828_322],
  ['github.GithubRepositorySensor', 4_268_311_353],
  ['pack.sensor1', 2_149_366_102],
])('the hash of %s is %i', (ref, hash) => {
  expect(sensorHash(ref)).toBe(hash)
})

it('by default a node runs every sensor', async () => {
  expect(await owned({ name: 'default' })).toEqual(['a.A', 'a.B', 'b.C'])
  expect(await owned({})).toEqual(['a.A', 'a.B', 'b.C'])
})

it('a key of the datastore names the sensors of a node', async () => {
  expect(await owned({ name: 'kvstore' })).toEqual(['a.A', 'a.B'])
  expect(await owned({ name: 'kvstore' }, 'empty')).toEqual([])
})

it('a file names the sensors of each node; none named are all', async () => {
  expect(await owned({ name: 'file', partition_file: file })).toEqual(['a.A', 'a.B'])
  expect(await owned({ name: 'file', partition_file: file }, 'empty')).toHaveLength(3)
  expect(await owned({ name: 'file', partition_file: file }, 'none')).toHaveLength(3)
})

it('ranges of hashes are half-open, and those that touch leave none out', async () => {
  const at = sensorHash('a.A')
  expect(await owned({ name: 'hash', hash_ranges: `${at}..${at + 1}` })).toEqual(['a.A'])
  expect(await owned({ name: 'hash', hash_ranges: `MIN..${at}` })).not.toContain('a.A')
  const halves = await Promise.all(
    ['MIN..2147483648', '2147483648..MAX'].map((hash_ranges) => owned({ name: 'hash', hash_ranges })),
  )
  expect(halves.flat().toSorted()).toEqual(['a.A', 'a.B', 'b.C'])
  expect(await owned({ name: 'hash', hash_ranges: '0..99999999999|5..6' })).toHaveLength(3)
})

describe('what is wrong is told by name', () => {
  it.each([
    [{ name: 'frob' }, 'partition_provider: "frob" is none of default, kvstore, file, hash'],
    [{ name: 'file' }, 'partition_provider: "file" needs partition_file'],
    [{ name: 'file', partition_file: join(folder, 'no.yaml') }, 'no.yaml" cannot be read: ENOENT'],
    [{ name: 'file', partition_file: join(folder, 'broken.yaml') }, 'broken.yaml": '],
    [{ name: 'hash' }, 'hash_ranges: "" is not of the form start..end'],
    [{ name: 'hash', hash_ranges: '5..1' }, 'hash_ranges: "5..1" ends before it starts'],
    [{ name: 'hash', hash_ranges: 'a..b' }, 'hash_ranges: "a" is no number, MIN or MAX'],
  ])('%j', async (provider, message) => {
    await expect(owned(provider)).rejects.toThrow(message)
  })

  it('a node that nobody mentions', async () => {
    await expect(owned({ name: 'kvstore' }, 'two')).rejects.toThrow('has no key "two.sensor_partition"')
    await expect(owned({ name: 'file', partition_file: file }, 'two')).rejects.toThrow('has no entry for node "two"')
    await expect(owned({ name: 'file', partition_file: file }, 'wrong')).rejects.toThrow('is not a list of sensors')
  })
})
