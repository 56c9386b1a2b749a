import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { api, expectStatus, TestApi } from '../support/api.ts'
import { seededRandom } from '../support/random.ts'
import { startServer, temporaryFolder, type TestServer } from '../support/server.ts'
import { until } from '../support/until.ts'

const CLIENTS = 8
/** The server is killed at a random moment of it. */
const LOAD_MS = 2500
const END_DEADLINE_MS = 60_000
const FINAL = ['succeeded', 'failed', 'timeout', 'canceled', 'abandoned']
const EVERYTHING = 'limit=-1'

interface Instance {
  readonly id: string
  readonly status: string
  readonly payload: { readonly body: { readonly number: number; readonly even: boolean } }
}

interface Enforcement {
  readonly id: string
  readonly trigger_instance_id: string
  readonly execution_id?: string
  readonly rule: { readonly ref: string }
}

interface Execution {
  readonly id: string
  readonly status: string
  readonly context: { readonly trigger_instance?: { readonly id: string }; readonly rule?: { readonly name: string } }
}

/** One data folder, its servers one after the other, and which webhooks were accepted. */
class Ledger implements Disposable {
  readonly #folder = temporaryFolder()
  readonly accepted: number[] = []
  #asked = 0
  #token = ''

  async start(): Promise<{ server: TestServer; admin: TestApi }> {
    const server = await startServer({ dataDir: join(this.#folder.path, 'data') })
    if (this.#token === '') this.#token = (await api(server)).token
    return { server, admin: new TestApi(server, this.#token) }
  }

  /** Sends webhooks until the server is gone. */
  async load(admin: TestApi): Promise<void> {
    const client = async (): Promise<void> => {
      for (;;) {
        const number = this.#asked++
        const answer = await admin.ask('POST', '/webhooks/ledger', { body: { number, even: number % 2 === 0 } })
        if (answer.status === 202) this.accepted.push(number)
      }
    }
    await Promise.allSettled(Array.from({ length: CLIENTS }, client))
  }

  [Symbol.dispose](): void {
    this.#folder[Symbol.dispose]()
  }
}

/** One rule for every event, one for the even ones, one for none of them. */
async function makeRules(admin: TestApi): Promise<void> {
  const criteria = {
    all: {},
    even: { 'trigger.body.even': { type: 'equals', pattern: true } },
    none: { 'trigger.body.number': { type: 'lt', pattern: 0 } },
  }
  for (const [name, conditions] of Object.entries(criteria)) {
    const trigger = { type: 'core.st2.webhook', parameters: { url: 'ledger' } }
    const body = { name, pack: 'default', enabled: true, trigger, criteria: conditions, action: { ref: 'core.noop' } }
    expectStatus(await admin.ask('POST', '/rules', { body }), 201)
  }
}

interface Books {
  readonly instances: readonly Instance[]
  readonly enforcements: readonly Enforcement[]
  readonly executions: readonly Execution[]
}

async function read(admin: TestApi): Promise<Books> {
  return {
    instances: await admin.get<Instance[]>(`/triggerinstances?${EVERYTHING}&trigger_type=core.st2.webhook`),
    enforcements: await admin.get<Enforcement[]>(`/ruleenforcements?${EVERYTHING}`),
    executions: await admin.get<Execution[]>(`/executions?${EVERYTHING}&action=core.noop`),
  }
}

/** The books once nothing is left to do. */
function settled(admin: TestApi): Promise<Books> {
  const isDone = ({ instances, executions }: Books) =>
    instances.every(({ status }) => status === 'processed') && executions.every(({ status }) => FINAL.includes(status))
  return until(
    'every event is processed and every execution is final',
    async () => {
      const books = await read(admin)
      return isDone(books) ? books : null
    },
    END_DEADLINE_MS,
  )
}

/** Everything that is wrong with the books, as sentences. */
function faults(ledger: Ledger, { instances, enforcements, executions }: Books): string[] {
  const numbers = instances.map(({ payload }) => payload.body.number)
  const due = instances.flatMap(({ id, payload }) =>
    ['all', ...(payload.body.even ? ['even'] : [])].map((rule) => `${rule} ${id}`),
  )
  const enforced = enforcements.map(({ rule, trigger_instance_id: id }) => `${rule.ref.split('.')[1]} ${id}`)
  const executed = executions.map(({ context }) => `${context.rule?.name} ${context.trigger_instance?.id}`)
  const named = enforcements.map(({ execution_id: id }) => id ?? 'none')
  const ids = executions.map(({ id }) => id)
  return [
    ...ledger.accepted.filter((number) => !numbers.includes(number)).map((number) => `webhook ${number} was lost`),
    ...twice(numbers).map((number) => `webhook ${number} was stored twice`),
    ...difference(due, enforced, 'enforcements'),
    ...difference(due, executed, 'executions'),
    ...difference(ids, named, 'executions named by enforcements'),
  ]
}

function difference(expected: readonly string[], actual: readonly string[], what: string): string[] {
  const [wanted, found] = [new Set(expected), new Set(actual)]
  return [
    ...[...wanted].filter((one) => !found.has(one)).map((one) => `of the ${what} ${one} is missing`),
    ...[...found].filter((one) => !wanted.has(one)).map((one) => `of the ${what} ${one} is one too many`),
    ...twice(actual).map((one) => `of the ${what} ${one} is there twice`),
  ]
}

function twice<T>(items: readonly T[]): T[] {
  return items.filter((item, at) => items.indexOf(item) !== at)
}

describe('kill -9 of the server while webhooks come in', () => {
  it('loses no accepted event, and each rule acts on each once', async () => {
    const random = seededRandom(7)
    using ledger = new Ledger()
    for (let round = 0; round < 3; round++) {
      const { server, admin } = await ledger.start()
      await using stopped = server
      if (round === 0) await makeRules(admin)
      const load = ledger.load(admin)
      await delay(Math.round(300 + random() * LOAD_MS))
      await stopped.kill()
      await load
    }
    const { server, admin } = await ledger.start()
    await using _last = server
    const books = await settled(admin)
    expect(faults(ledger, books)).toEqual([])
    expect(ledger.accepted.length).toBeGreaterThan(20)
  }, 180_000)
})
