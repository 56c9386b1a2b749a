import { openDataFolder } from '../../src/adapters/sqlite/data-folder.ts'

/** Opens a data folder, says so, and keeps it until it is killed: `hold-data-folder.ts PATH`. */
await openDataFolder(process.argv[2] ?? '')
process.stdout.write('held\n')
setInterval(() => undefined, 60_000)
