// Runs the contract suites of one adapter: `npm run contract -- ADAPTER`. Prints the adapters there are otherwise.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { needsEnvironment, provide } from './testing/needs.mjs'
import { repository, repositoryPath } from './testing/repository.mjs'

const TESTS = 'packages/engine/test/adapters'

/** The adapter's name and the test file that runs its suites. */
const ADAPTERS = {
  sqlite: 'sqlite.contract.test.ts',
  memory: 'memory.contract.test.ts',
  'in-process': 'in-process.contract.test.ts',
  mongodb: 'mongodb.contract.test.ts',
  rabbitmq: 'rabbitmq.contract.test.ts',
  redis: 'redis.contract.test.ts',
}

/** What its suites need from this machine. */
const NEEDS = { mongodb: ['mongodb stand-in'], rabbitmq: ['rabbitmq'], redis: ['redis'] }

const adapter = process.argv[2]
if (adapter === undefined || !Object.hasOwn(ADAPTERS, adapter)) {
  console.error(
    `${adapter === undefined ? 'Which adapter?' : `There is no adapter "${adapter}".`} One of: ${Object.keys(ADAPTERS).join(', ')}`,
  )
  process.exit(1)
}

for (const [need, reason] of provide(NEEDS[adapter] ?? [])) {
  console.error(`${need}: ${reason}`)
  process.exit(1)
}
const vitest = spawn(
  join(repository, 'node_modules/.bin/vitest'),
  ['run', '--root', repository, `${TESTS}/${ADAPTERS[adapter]}`, ...process.argv.slice(3)],
  {
    stdio: 'inherit',
    env: { ...process.env, ...needsEnvironment(), PATH: repositoryPath() },
  },
)
vitest.on('error', (error) => {
  console.error(`vitest can not be started: ${error.message}`)
  process.exit(1)
})
vitest.on('exit', (code) => process.exit(code ?? 1))
