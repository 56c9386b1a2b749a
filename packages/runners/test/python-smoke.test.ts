import { expect, it } from 'vitest'
import { openPacks, runPython } from './python-requests.ts'
import { openHost } from './support.ts'
it('smoke', async () => {
  await using host = await openHost()
  const packs = await openPacks()
  for (const process of ['fork', 'fresh'] as const) {
    const times = []
    for (let i = 0; i < 20; i++) {
      const at = performance.now()
      const run = await runPython(host, packs.request('plain', 'echo.py', { parameters: { a: 1 }, settings: { process } }))
      if (i === 0) console.log(JSON.stringify(run), host.lines)
      times.push(performance.now() - at)
      expect(run.status).toBe('succeeded')
    }
    console.log(process, times.map((t) => t.toFixed(1)).join(' '))
  }
})
