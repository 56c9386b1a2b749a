// Matching one event against 10 rules, and against 10,000: on other triggers, or excluded by an equality criterion; and
// the rules that no equality decides about, which are looked at one by one.
// `node bench/rules.ts [--json] [--events 20000] [--rounds 7]`
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { InProcessBus, matchRules, openSqliteStore, RuleBook, RuleStore, type Store, systemClock } from '@st2/engine'
import { platformEnvironment } from '@st2/expressions'
import { COLLECTIONS, type Criterion, type Rule } from '@st2/model'
import { median, rounded } from './support/statistics.ts'

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    events: { type: 'string', default: '20000' },
    rounds: { type: 'string', default: '7' },
  },
})
const events = Number(options.events)
const rounds = Number(options.rounds)
const FEW = 10
const MANY = 10_000
const clock = systemClock()
const log = { debug() {}, info() {}, warn: console.error, error: console.error }

/** Ten rules on the trigger, of which one matches. */
const own = Array.from({ length: FEW }, (_, at) =>
  ruleOf(at, 'bench.event', { 'trigger.kind': { type: 'equals', pattern: at === 0 ? 'push' : `other${at}` } }),
)
const KINDS = {
  on_other_triggers: (at: number) =>
    ruleOf(at, `bench.other${at}`, { 'trigger.kind': { type: 'equals', pattern: 'push' } }),
  on_one_other_trigger: (at: number) => ruleOf(at, 'bench.other', {}),
  excluded_by_equality: (at: number) =>
    ruleOf(at, 'bench.event', { 'trigger.kind': { type: 'eq', pattern: `other${at}` } }),
  excluded_by_second_equality: (at: number) =>
    ruleOf(at, 'bench.event', {
      'trigger.size': { type: 'exists', pattern: true },
      'trigger.repository.id': { type: 'eq', pattern: at },
    }),
  excluded_one_by_one: (at: number) =>
    ruleOf(at, 'bench.event', { 'trigger.kind': { type: 'startswith', pattern: `other${at}` } }),
} as const

const payload = { kind: 'push', size: 3, repository: { id: -1, name: 'st2' }, commits: [{ id: 'a' }, { id: 'b' }] }

async function measure(): Promise<Record<string, number>> {
  const figures: Record<string, number> = {}
  const few = await opened(own)
  for (const [kind, make] of Object.entries(KINDS)) {
    const many = await opened([...own, ...Array.from({ length: MANY - FEW }, (_, at) => make(at + FEW))])
    figures[`${kind}_load_ms`] = rounded(many.loadMs)
    const count = kind === 'excluded_one_by_one' ? Math.ceil(events / 200) : events
    const times: { few: number; many: number }[] = []
    // Turn about, so that whatever else the machine does strikes both.
    for (let round = 0; round <= rounds; round++) {
      const time = { few: await microsPerEvent(few.book, events), many: await microsPerEvent(many.book, count) }
      if (round > 0) times.push(time)
    }
    figures[`${kind}_10_us`] = rounded(median(times.map((time) => time.few)))
    figures[`${kind}_10000_us`] = rounded(median(times.map((time) => time.many)))
    figures[`${kind}_ratio`] = rounded(median(times.map((time) => time.many / time.few)))
    await many.close()
  }
  await few.close()
  return figures
}

async function microsPerEvent(book: RuleBook, count: number): Promise<number> {
  const lookUps = {
    evaluate: async <T>(_user: string, evaluate: (names: { st2kv: unknown }) => T): Promise<T> =>
      evaluate({ st2kv: null }),
  }
  const deps = { book, lookUps, clock, systemUser: 'stanley' }
  const startedAt = performance.now()
  for (let number = 0; number < count; number++) {
    const { matched } = await matchRules(deps, { id: '0'.repeat(24), trigger: 'bench.event', payload })
    if (matched.length !== 1) throw new Error(`${matched.length} rules matched`)
  }
  return ((performance.now() - startedAt) * 1000) / count
}

interface OpenedBook {
  readonly book: RuleBook
  readonly loadMs: number
  close(): Promise<void>
}

/** A book of stored rules. */
async function opened(rules: readonly Rule[]): Promise<OpenedBook> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-rules-'))
  const { store } = await openSqliteStore({ path: join(folder, 'st2.sqlite'), collections: COLLECTIONS, log })
  const ruleStore = await filled(store, rules)
  const startedAt = performance.now()
  const book = await RuleBook.open(ruleStore, platformEnvironment, log)
  const loadMs = performance.now() - startedAt
  return {
    book,
    loadMs,
    async close() {
      await book.close()
      await store.close()
      rmSync(folder, { recursive: true })
    },
  }
}

const asTheyAre: ConstructorParameters<typeof RuleStore>[3] = { seal: async (rule) => rule, open: (rule) => rule }

async function filled(store: Store, rules: readonly Rule[]): Promise<RuleStore> {
  const ruleStore = new RuleStore(store, new InProcessBus({ log }), null, asTheyAre)
  for (let from = 0; from < rules.length; from += 100) {
    await Promise.all(rules.slice(from, from + 100).map((rule) => ruleStore.create(rule)))
  }
  return ruleStore
}

function ruleOf(at: number, trigger: string, criteria: Record<string, Criterion>): Rule {
  const name = `rule${at}`
  return {
    id: at.toString(16).padStart(24, '0'),
    rev: 0,
    uid: `rule:bench:${name}`,
    ref: `bench.${name}`,
    name,
    pack: 'bench',
    type: { ref: 'standard', parameters: {} },
    trigger,
    criteria,
    action: { ref: 'core.noop', parameters: {} },
    enabled: true,
    context: {},
    tags: [],
    metadata_file: '',
  }
}

const figures = await measure()
if (options.json) console.log(JSON.stringify(figures))
else for (const [name, value] of Object.entries(figures)) console.log(`${name.padEnd(44)} ${value}`)
