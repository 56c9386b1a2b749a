import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DataFolderError, openDataFolder } from '../../src/adapters/sqlite/data-folder.ts'
import { temporaryFolder, type TemporaryFolder } from './support.ts'

describe('the data folder', () => {
  let parent: TemporaryFolder
  let path: string
  beforeEach(() => {
    parent = temporaryFolder()
    path = join(parent.path, 'data')
  })
  afterEach(() => parent[Symbol.dispose]())

  it('is made for its owner only, keeps its instance and counts its openings', async () => {
    const first = await openDataFolder(path)
    expect(statSync(path).mode & 0o777).toBe(0o700)
    expect(first.instance).toMatch(/^[0-9a-f]{32}$/)
    expect(first.epoch).toBe(1)
    first.close()
    first.close()
    const second = await openDataFolder(path)
    expect(second).toMatchObject({ instance: first.instance, epoch: 2 })
    second.close()
  })

  it("is one server's at a time", async () => {
    const first = await openDataFolder(path)
    await expect(openDataFolder(path)).rejects.toThrow(
      `data folder ${path} is in use by another server (pid ${process.pid})`,
    )
    first.close()
    const next = await openDataFolder(path)
    expect(next.epoch).toBe(2)
    next.close()
  })

  it('is free again as soon as the process that used it is killed', async () => {
    const script = new URL('./hold-data-folder.ts', import.meta.url).pathname
    const child = spawn(process.execPath, [script, path], { stdio: ['ignore', 'pipe', 'inherit'] })
    const ended = new Promise((resolve) => child.on('exit', resolve))
    for await (const line of createInterface({ input: child.stdout })) {
      expect(line).toBe('held')
      const refused = openDataFolder(path)
      await expect(refused).rejects.toBeInstanceOf(DataFolderError)
      await expect(refused).rejects.toThrow(`(pid ${child.pid})`)
      child.kill('SIGKILL')
    }
    await ended
    const after = await openDataFolder(path)
    expect(after.epoch).toBe(2)
    after.close()
  })

  it('is refused in one line when it is no folder or can not be made', async () => {
    writeFileSync(path, 'a file')
    await expect(openDataFolder(path)).rejects.toThrow(new DataFolderError(`data folder ${path} is not a folder`))
    await expect(openDataFolder(join(path, 'below'))).rejects.toThrow(/^data folder \S+ is not a folder$/)
    await expect(openDataFolder('/proc/st2-data')).rejects.toThrow(/^data folder \/proc\/st2-data [^\n]+$/)
  })

  it('is refused when its epoch is damaged, and not locked then', async () => {
    mkdirSync(path)
    writeFileSync(join(path, 'epoch'), 'many')
    await expect(openDataFolder(path)).rejects.toThrow(/epoch does not hold a number/)
    writeFileSync(join(path, 'epoch'), '41\n')
    const folder = await openDataFolder(path)
    expect(folder.epoch).toBe(42)
    expect(readFileSync(join(path, 'epoch'), 'utf8')).toBe('42\n')
    folder.close()
  })
})
