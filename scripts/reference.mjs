// npm run reference -- up|down|status: the reference deployment on this machine, split over processes, behind nginx.
import { readState } from './reference/state.mjs'
import { bringDown, bringUp, describe } from './reference/stack.mjs'

const USAGE = `Usage: npm run reference -- up|down|status

  up      installs what is missing (Debian's redis-server, rabbitmq-server, nginx), starts everything on loopback
          ports of its own, and prints where it is. MongoDB is the one that ST2_REFERENCE_MONGODB_URI names;
          without it a stand-in that speaks its protocol and keeps nothing when it stops.
  down    stops all of it; what it wrote stays in .st2-reference
  status  tells what runs
`

const commands = {
  async up() {
    await bringUp((text) => console.log(text))
  },
  async down() {
    const stopped = await bringDown((text) => console.log(text))
    console.log(stopped === 0 ? 'Nothing runs.' : `Stopped ${stopped} processes.`)
  },
  async status() {
    const state = readState()
    if (state === null) {
      console.log('Nothing runs.')
      process.exitCode = 3
      return
    }
    const rows = await describe(state)
    for (const { name, pid, health } of rows) console.log(`${name.padEnd(18)} ${String(pid).padEnd(8)} ${health}`)
    console.log(`\n${state.url}`)
    if (rows.some(({ health }) => health !== 'runs' && health !== 'ready')) process.exitCode = 3
  },
}

const command = process.argv[2]
if (command === undefined || !Object.hasOwn(commands, command)) {
  process.stderr.write(USAGE)
  process.exit(2)
}
try {
  await commands[command]()
} catch (error) {
  console.error(`reference: ${error.message}`)
  process.exit(1)
}
