// What a message costs: embedded, over RabbitMQ, and a bare confirm of the driver in the same run.
// `node bench/broker.ts [--json] [--messages 2000] [--rounds 5]`; ST2_TEST_AMQP_URI names a broker of one's own.
import { parseArgs } from 'node:util'
import { InProcessBus, openRabbitBus } from '@st2/engine'
import { startRabbitmq } from '@st2/test-servers'
import { connect } from 'amqplib'
import { bareConfirm, microsEach, type Send } from './support/bare-confirm.ts'
import { median, rounded } from './support/statistics.ts'

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    messages: { type: 'string', default: '2000' },
    rounds: { type: 'string', default: '5' },
  },
})
const messages = Number(options.messages)
const rounds = Number(options.rounds)
const TOPIC = 'bench.wake'
const IN_FLIGHT = 100
const MESSAGE = { id: '0123456789abcdef01234567', delay: 0 }
const log = { debug() {}, info() {}, warn: console.error, error: console.error }

async function measure(): Promise<Record<string, number>> {
  await using broker = await startRabbitmq()
  const rabbit = await openRabbitBus({ url: broker.url, log })
  const embedded = new InProcessBus({ log })
  const bare = await connect(broker.url, { noDelay: true })
  try {
    const senders = {
      embedded: () => embedded.send(TOPIC, MESSAGE),
      rabbit: () => rabbit.send(TOPIC, MESSAGE),
      bare: await bareConfirm(bare, MESSAGE),
    }
    const figures: Record<string, number> = {}
    const one = await turnAbout(senders, (send) => microsEach(send, messages, 1))
    const many = await turnAbout(senders, (send) => microsEach(send, messages * 5, IN_FLIGHT))
    for (const [name, micros] of Object.entries(one)) figures[`${name}_one_at_a_time_us`] = micros
    for (const [name, micros] of Object.entries(many)) figures[`${name}_${IN_FLIGHT}_in_flight_us`] = micros
    figures['one_at_a_time_ratio'] = rounded(one.rabbit / one.bare)
    figures[`${IN_FLIGHT}_in_flight_ratio`] = rounded(many.rabbit / many.bare)
    return figures
  } finally {
    await bare.close()
    await rabbit.close()
    await embedded.close()
  }
}

/** Turn about, so that whatever else the machine does strikes all; the first round warms up. */
async function turnAbout<Name extends string>(
  senders: Record<Name, Send>,
  run: (send: Send) => Promise<number>,
): Promise<Record<Name, number>> {
  const names = Object.keys(senders) as Name[]
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>
  for (let round = 0; round <= rounds; round++) {
    for (const name of names) {
      const micros = await run(senders[name])
      if (round > 0) times[name].push(micros)
    }
  }
  return Object.fromEntries(names.map((name) => [name, rounded(median(times[name]))])) as Record<Name, number>
}

const figures = await measure()
if (options.json) console.log(JSON.stringify(figures))
else for (const [name, value] of Object.entries(figures)) console.log(`${name.padEnd(44)} ${value}`)
