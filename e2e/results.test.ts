import type { Page } from 'playwright-core'
import { beforeAll, expect, it } from 'vitest'
import type { PackFiles } from './support/deployment.ts'
import { checkScreens } from './support/screens.ts'
import { details, historyRows, reachesText, runToEnd } from './support/st2.ts'
import { until } from './support/until.ts'
import type { Visit } from './support/visit.ts'
import { useWorld } from './support/world.ts'

const HOSTS = 150_000
/** ms that the page may not answer. */
const MAX_TASK_MS = 100
/** ms that an answer about such a result may take on a busy machine. */
const PATIENCE_MS = 60_000

/** A pack whose action returns some 50 MB: a long list of objects and a long text. */
const LARGE: PackFiles = {
  'large/pack.yaml': `name: large
ref: large
description: Returns more than a page could hold.
version: 1.0.0
author: tests
email: tests@example.com
`,
  'large/actions/report.yaml': `name: report
pack: large
runner_type: python-script
enabled: true
entry_point: report.py
parameters:
  hosts:
    type: integer
`,
  'large/actions/report.py': `from st2common.runners.base_action import Action


class Report(Action):
    def run(self, hosts):
        note = "checked by the nightly inventory, nothing to do " * 5
        return {
            "name": "inventory",
            "hosts": [
                {"host": "web-%d" % n, "up": n % 3 > 0, "load": n / 8, "note": note, "disks": [{"free": n}]}
                for n in range(hosts)
            ],
            "log": "".join("\\x1b[32mINFO\\x1b[0m line %d of the inventory\\n" % n for n in range(hosts)),
        }
`,
}

const world = useWorld(LARGE)
const ids = { large: '', table: '' }

beforeAll(async () => {
  const { api } = world.server
  const { id } = await api.executions.create({ action: 'large.report', parameters: { hosts: HOSTS } })
  // The result itself is not asked for.
  const ended = async () => (await api.executions.get(id, { max_result_size: 1 })).end_timestamp !== undefined
  await until('the large one ends', ended, PATIENCE_MS)
  ids.large = id
  ids.table = await runToEnd(world.server, 'large.report', { hosts: 40 })
})

it('opens a result of 50 MB place by place, finds things in it, and never keeps the page from answering', async () => {
  const { result_size: size = 0 } = await world.server.api.executions.get(ids.large, { max_result_size: 1 })
  expect(size).toBeGreaterThan(50_000_000)
  const visitor = await world.visit()
  const { page } = visitor
  page.setDefaultTimeout(PATIENCE_MS)
  await visitor.open('/history')
  await historyRows(page).first().waitFor()
  await page.evaluate(OBSERVE_TASKS)
  const loaded = countBytes(page)
  await walkThrough(visitor)
  const longest = await longestTask(page)
  expect(loaded() / size, 'share of the result that was loaded').toBeLessThan(0.1)
  // What is slow because of its size is slow again; what a busy machine did not get to is not.
  if (longest >= MAX_TASK_MS) {
    await visitor.open('/history')
    await historyRows(page).first().waitFor()
    await page.reload()
    await page.evaluate(OBSERVE_TASKS)
    await walkThrough(visitor)
  }
  expect(Math.min(longest, await longestTask(page)), 'ms of the longest task').toBeLessThan(MAX_TASK_MS)
})

/** Opens the large result, goes to the depth of its list, to what is found in it, and to both ends of a table. */
async function walkThrough(visitor: Visit): Promise<void> {
  const { page } = visitor
  await visitor.open(`/history/${ids.large}`)
  const tree = details(page).getByRole('tree', { name: 'Result' })
  await reachesText(tree, /hosts: 150,000 items/, PATIENCE_MS)
  const row = (name: RegExp) => tree.getByRole('treeitem', { name })
  await row(/^hosts/).click()
  await row(/^120000/).click()
  await row(/^120000 … 120199/).click()
  await row(/^120007/).click()
  await row(/^host: "web-120007"/).click()
  await details(page).getByRole('button', { name: 'Copy the path of the marked row' }).click()
  await page.getByText('Path copied').waitFor()
  expect(await page.evaluate<string>('navigator.clipboard.readText()')).toBe('result.hosts[120007].host')

  await details(page).getByRole('button', { name: 'Search in Result' }).click()
  await page.getByLabel('Search in the result').fill('web-149999')
  await details(page)
    .getByRole('button', { name: /hosts\[149999\]\.host/ })
    .click()
  await reachesText(tree, /host: "web-149999"[^]*disks: 1 item/, PATIENCE_MS)
  await page.getByLabel('Search in the result').fill('line 140000 of')
  await details(page)
    .getByRole('button', { name: /line 140001/ })
    .click()
  const marked = details(page).locator('.line[data-marked]')
  await reachesText(marked, /INFO line 140000 of the inventory/, PATIENCE_MS)
  expect(await marked.locator('.ansi-green').innerText(), 'in its colour').toBe('INFO')

  await details(page).getByRole('button', { name: 'Result', exact: true }).click()
  await row(/^hosts/).click()
  await details(page).getByRole('button', { name: 'Show the marked row by itself' }).click()
  await details(page).getByRole('radio', { name: 'Table' }).click()
  const table = details(page).getByRole('table', { name: 'Result' })
  await table.getByRole('cell', { name: 'web-7', exact: true }).waitFor()
  await table.evaluate((list) => list.scrollTo({ top: list.scrollHeight }))
  await table.getByRole('cell', { name: 'web-149999' }).waitFor()
}

it('shows a small result as tree, table and text, and copies what is marked', async () => {
  const visitor = await world.visit()
  const { page } = visitor
  const id = await runToEnd(world.server, 'core.local', { cmd: `printf '[{"a": 1, "b": "x"}, {"a": 2, "c": null}]'` })
  await visitor.open(`/history/${id}`)
  await details(page).getByRole('radio', { name: 'Table' }).click()
  const table = details(page).getByRole('table', { name: 'Output' })
  expect((await table.innerText()).split('\n')).toEqual(['#', 'a', 'b', 'c', '0', '1', 'x', '1', '2', 'null'])
  await table.getByRole('button', { name: 'Show row 1 by itself' }).click()
  const tree = details(page).getByRole('tree', { name: 'Output' })
  await reachesText(tree, /a: 2\s+c: null/)
  await details(page).getByRole('button', { name: 'Copy the value of the marked row' }).click()
  await page.getByText('Value copied').waitFor()
  expect(JSON.parse(await page.evaluate<string>('navigator.clipboard.readText()'))).toEqual({ a: 2, c: null })
  await details(page).getByRole('button', { name: 'Output', exact: true }).click()
  await details(page).getByRole('radio', { name: 'Raw' }).click()
  await reachesText(details(page).getByRole('region', { name: 'Output' }), /"b": "x"/)
})

it('finds lines of what was printed, one after the other', async () => {
  const cmd = `for n in $(seq 300); do printf '\\033[31mred\\033[0m line %d\\n' $n; done`
  const id = await runToEnd(world.server, 'core.local', { cmd })
  const visitor = await world.visit()
  const { page } = visitor
  await visitor.open(`/history/${id}`)
  await details(page).getByRole('button', { name: 'Search in Output' }).click()
  await page.keyboard.type('RED line 25')
  const marked = details(page).locator('.line[data-marked] .line-text')
  await reachesText(marked, 'red line 25')
  await page.keyboard.press('Enter')
  await reachesText(marked, 'red line 250')
  await page.keyboard.press('Shift+Enter')
  await page.keyboard.press('Shift+Enter')
  await reachesText(marked, 'red line 259')
  expect(await details(page).locator('.output-search [role="status"]').innerText()).toBe('11 of 11')
})

it('says that output was cut by a limit where it ends', async () => {
  const id = await runToEnd(world.server, 'core.local', {
    cmd: `head -c 17000000 /dev/zero | tr '\\0' 'x' | fold -w 99`,
  })
  const visitor = await world.visit()
  const { page } = visitor
  await visitor.open(`/history/${id}`)
  const lines = details(page).getByRole('region', { name: 'Output' })
  await until('some lines are there', async () => /x{99}/.test(await lines.innerText()))
  expect(await lines.innerText(), 'its beginning').not.toContain('truncated')
  await lines.evaluate((list) => list.scrollTo({ top: list.scrollHeight }))
  await reachesText(lines, /\[output truncated: limit actionrunner\.max_output_size of 16777216 bytes\]/)
})

checkScreens(world, [
  {
    name: 'result-table',
    path: () => `/history/${ids.table}`,
    isThere: async (page) => {
      await details(page)
        .getByRole('treeitem', { name: /^hosts/ })
        .click()
      await details(page).getByRole('button', { name: 'Show the marked row by itself' }).click()
      await details(page).getByRole('radio', { name: 'Table' }).click()
      await details(page).getByRole('table', { name: 'Result' }).scrollIntoViewIfNeeded()
      await details(page).getByRole('cell', { name: 'web-3', exact: true }).waitFor()
    },
  },
  {
    name: 'result-search',
    path: () => `/history/${ids.table}`,
    isThere: async (page) => {
      await details(page).getByRole('button', { name: 'Search in Result' }).click()
      await page.getByLabel('Search in the result').fill('line 30 of')
      await details(page)
        .getByRole('button', { name: /INFO line 30 of/ })
        .click()
      await details(page).locator('.line[data-marked]').waitFor()
    },
  },
])

const OBSERVE_TASKS = `
  window.longTasks = []
  new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map((entry) => entry.duration)))
    .observe({ type: 'longtask' })
`

/** ms that the page did not answer, at most, since this was asked last. */
async function longestTask(page: Page): Promise<number> {
  return Math.max(0, ...(await page.evaluate<number[]>('window.longTasks.splice(0)')))
}

/** Bytes of answers about results, from now on. */
function countBytes(page: Page): () => number {
  let bytes = 0
  page.on('response', (response) => {
    if (!response.url().includes('/result')) return
    void response
      .body()
      .then((body) => (bytes += body.length))
      .catch(() => null)
  })
  return () => bytes
}
