import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Writes a pack below `<data folder>/packs`. A file that ends in .sh is made executable. */
export function writePack(dataDir: string, name: string, files: Readonly<Record<string, string>>): void {
  const folder = join(dataDir, 'packs', name)
  const all = {
    'pack.yaml': `name: ${name}\nref: ${name}\ndescription: for a test\nversion: 1.0.0\nauthor: tests\nemail: tests@example.com\n`,
    ...files,
  }
  for (const [path, text] of Object.entries(all)) {
    const file = join(folder, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
    if (path.endsWith('.sh')) chmodSync(file, 0o755)
  }
}
