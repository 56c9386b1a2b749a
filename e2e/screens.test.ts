import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { EVERY_KIND } from './support/packs.ts'
import { checkScreens, NARROW, type Screen, show, THEMES } from './support/screens.ts'
import { byTest, details, field, historyRows, reachesStatus, reachesText, runToEnd } from './support/st2.ts'
import { until } from './support/until.ts'
import { useWorld } from './support/world.ts'

const world = useWorld(EVERY_KIND)
/** Of the executions that every screen shows. */
const ids = { done: '', failed: '', running: '' }

const RUNNING: Screen = {
  name: 'execution-running',
  path: () => `/history/${ids.running}`,
  isThere: (page) => details(page).getByText('web-3: 2 requests open', { exact: true }).waitFor(),
}

const SCREENS: readonly Screen[] = [
  {
    name: 'login',
    session: 'none',
    path: () => '/history',
    isThere: (page) => byTest(page, 'login_form').waitFor(),
  },
  {
    name: 'actions',
    path: () => '/actions',
    isThere: (page) => byTest(page, 'filter').waitFor(),
  },
  {
    name: 'action-form',
    path: () => '/actions/forms.every_kind',
    isThere: (page) => field(page, 'title').waitFor(),
  },
  {
    name: 'action-filled',
    path: () => '/actions/examples.count_words',
    isThere: async (page) => {
      await field(page, 'text').fill('The quick brown fox jumps over the lazy dog')
      await field(page, 'unit').selectOption('words')
      await field(page, 'ignore').fill('the, over')
    },
  },
  {
    name: 'history',
    path: () => '/history',
    isThere: async (page) => {
      await historyRows(page).first().waitFor()
      // The first one is shown beside the list; on a narrow screen it is there, and not seen.
      await details(page).getByText('web-3: 2 requests open', { exact: true }).waitFor({ state: 'attached' })
    },
  },
  {
    name: 'history-filters',
    path: () => '/history?action=core.local,core.echo&status=failed,succeeded&last=24h',
    isThere: async (page) => {
      await page.getByRole('button', { name: 'More filters' }).click()
      await page.getByLabel('From').waitFor()
    },
    isCovered: true,
  },
  {
    name: 'history-saved',
    path: () => '/history?status=failed',
    isThere: async (page) => {
      await page.getByRole('button', { name: 'Saved filters' }).click()
      await page.getByLabel('Name for the filters in force').fill('Broken')
      await page.keyboard.press('Enter')
      await page.getByRole('button', { name: 'Begin with Broken' }).click()
    },
    isCovered: true,
  },
  {
    name: 'times',
    path: () => '/history',
    isThere: async (page) => {
      await historyRows(page).first().waitFor()
      await page.getByRole('button', { name: /^Times/ }).click()
      await page.getByRole('radio', { name: 'Another' }).click()
      await page.getByLabel('Name of the zone').waitFor()
    },
    isCovered: true,
  },
  {
    name: 'execution',
    path: () => `/history/${ids.done}`,
    isThere: (page) => reachesText(byTest(page, 'action_output'), /stdout line/),
  },
  {
    name: 'execution-failed',
    path: () => `/history/${ids.failed}`,
    isThere: (page) => reachesStatus(page, 'failed'),
  },
  RUNNING,
  {
    name: 'rerun',
    path: () => `/history/${ids.done}/rerun`,
    isThere: (page) => field(byTest(page, 'rerun_popup'), 'count').waitFor(),
  },
]

beforeAll(async () => {
  const { server } = world
  const slow = 'examples.local_command_runner_print_to_stdout_and_stderr'
  await runToEnd(server, 'core.echo', { message: 'Deployed build 214 to staging' })
  await runToEnd(server, 'examples.count_words', { text: 'how many words are these', ignore: ['are'] })
  ids.failed = await runToEnd(server, 'core.local', {
    cmd: 'echo checking /srv/backup; echo "no space left on /srv/backup" >&2; exit 3',
  })
  await runToEnd(server, 'core.local', { cmd: 'uptime && df -h /', timeout: 20 })
  ids.done = await runToEnd(server, slow, { count: 24, sleep_delay: 0.02 })
  // Prints and then waits, so that every picture shows the same.
  const { id } = await server.api.executions.create({
    action: 'core.local',
    parameters: {
      cmd: 'for n in 1 2 3; do echo "web-$n: draining"; sleep 0.2; echo "web-$n: 2 requests open" >&2; sleep 0.2; done; sleep 600',
      timeout: 700,
    },
  })
  ids.running = id
})

checkScreens(world, SCREENS)

describe.each(THEMES)('%s', (theme) => {
  it('paints the page in that theme', async () => {
    const page = await show(world, HISTORY, { theme })
    const lightness = await page.evaluate<number>(
      `getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0) / 765`,
    )
    expect(lightness > 0.9 ? 'light' : lightness < 0.1 ? 'dark' : lightness).toBe(theme)
  })
})

it('keeps the controls of the output in one line on a narrow screen', async () => {
  const page = await show(world, RUNNING, NARROW)
  const tops = await page.evaluate<number[]>(
    `[...document.querySelectorAll('.output .card-head :is(button, a)')].map((part) => {
      const { top, bottom } = part.getBoundingClientRect()
      return Math.round((top + bottom) / 2)
    })`,
  )
  expect(tops.length).toBeGreaterThan(4)
  expect(Math.max(...tops) - Math.min(...tops), 'px between the highest and the lowest').toBeLessThan(3)
})

it('gives the names of actions the room of a narrow screen', async () => {
  const page = await show(world, HISTORY, NARROW)
  const row = page.locator(`[data-execution="${ids.done}"]`)
  expect(await row.innerText()).toMatch(/succeeded\s+local_command_runner_print_to_stdout_and_stderr/)
  expect(await row.innerText(), 'who started it is in the details').not.toContain('st2admin')
  const { width } = (await row.locator('.exec-name').boundingBox()) ?? { width: 0 }
  expect(width).toBeGreaterThan(180)
})

it('keeps the theme that was chosen, whatever the system prefers', async () => {
  const page = await show(world, HISTORY, { theme: 'light' })
  await page.getByRole('button', { name: 'Appearance' }).click()
  await page.getByRole('menuitemradio', { name: 'Dark' }).click()
  await until('it is dark', () => isDark(page))
  await page.reload()
  expect(await isDark(page), 'before anything is painted light').toBe(true)
})

it('goes from the list to the details and back on a narrow screen', async () => {
  const page = await show(world, HISTORY, NARROW)
  expect(await details(page).isVisible()).toBe(false)
  await page.locator(`[data-execution="${ids.done}"]`).click()
  await reachesStatus(page, 'succeeded')
  expect(await historyRows(page).first().isVisible()).toBe(false)
  await details(page).getByRole('link', { name: 'Back to the list' }).click()
  await historyRows(page).first().waitFor()
  await page.goBack()
  await reachesStatus(page, 'succeeded')
  expect(await historyRows(page).first().isVisible(), 'the details again').toBe(false)
})

const HISTORY: Screen = {
  name: 'history',
  path: () => '/history',
  isThere: (page) => historyRows(page).first().waitFor(),
}

function isDark(page: Page): Promise<boolean> {
  return page.evaluate<boolean>(`getComputedStyle(document.documentElement).colorScheme === 'dark'`)
}
