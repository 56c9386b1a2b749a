import type { Page } from 'playwright-core'
import { beforeAll } from 'vitest'
import { task } from './support/designer.ts'
import { checkScreens, type Screen } from './support/screens.ts'
import { byTest, reachesText } from './support/st2.ts'
import { useWorld } from './support/world.ts'

const world = useWorld()
const DRAWN = '/action/examples.drawn'

/** Something of everything: a join, items, a retry, a delay, colours, commands, a way back, what is missing and unknown. */
const WORKFLOW = `version: 1.0
description: Rolls out a release, region by region.
input:
  - release
  - regions: [eu, us]
vars:
  - done: []
tasks:
  prepare:
    action: core.local
    input:
      cmd: echo "preparing <% ctx(release) %>"
    retry:
      when: <% failed() %>
      count: 3
      delay: 5
    next:
      - when: <% succeeded() %>
        publish: log=<% result().stdout %>
        # #629e47
        do: check, roll_out
      - when: <% failed() %>
        # #d1583b
        do: tell
  check:
    action: core.http
    input:
      url: https://example.com/health
    next:
      - when: <% succeeded() and result().status_code = 200 %>
        do: finish
      - when: <% failed() %>
        do: check_again
  check_again:
    action: core.noop
    delay: 30
    next:
      - do: check
  roll_out:
    with:
      items: region in <% ctx(regions) %>
      concurrency: 1
    action: deploy.region
    input:
      region: <% item(region) %>
    next:
      - when: <% succeeded() %>
        do: finish
      - when: <% failed() %>
        do: fail
  finish:
    join: all
    action: core.echo message="<% ctx(release) %> is out"
    next:
      - publish:
          - done: <% ctx(regions) %>
  tell:
    action: core.echo message="it failed"
    next:
      - do: nobody
output:
  - done: <% ctx(done) %>
`

const METADATA = `name: drawn
pack: examples
description: Rolls out a release, region by region.
runner_type: orquesta
enabled: true
entry_point: workflows/drawn.yaml
parameters:
  release:
    type: string
    description: What is rolled out.
    required: true
  regions:
    type: array
    default: [eu, us]
  key:
    type: string
    secret: true
`

const SCREENS: readonly Screen[] = [
  {
    name: 'designer-task',
    path: () => DRAWN,
    isThere: async (page) => {
      await openDetails(page, 'prepare', /prepare/)
      await task(page, 'prepare').click({ position: { x: 20, y: 20 } })
      await byTest(page, 'field:cmd').waitFor()
      await byTest(page, 'publish:0:log').locator('.cm-content').waitFor()
    },
  },
  {
    name: 'designer-action',
    path: () => DRAWN,
    isThere: async (page) => {
      await openDetails(page, 'prepare', /prepare/)
      if (!(await byTest(page, 'toggle_details').getAttribute('aria-pressed'))?.includes('true'))
        await byTest(page, 'toggle_details').click()
      await page.getByRole('radio', { name: 'Action', exact: true }).click()
      await page.locator('[data-parameter="release"] summary').click()
      await byTest(page, 'type:release').waitFor()
    },
  },
  {
    name: 'designer-code',
    path: () => DRAWN,
    isThere: async (page) => {
      await openDetails(page, 'prepare', /prepare/)
      if ((await byTest(page, 'toggle_code').count()) === 0) {
        await byTest(page, 'designer_more').click()
        await page.getByRole('menuitem', { name: 'Code' }).click()
      } else await byTest(page, 'toggle_code').click()
      await page.locator('.cm-line').nth(3).waitFor()
    },
  },
]

beforeAll(async () => {
  await world.server.api.actions.make({
    name: 'drawn',
    pack: 'examples',
    runner_type: 'orquesta',
    entry_point: 'workflows/drawn.yaml',
    metadata_file: 'actions/drawn.meta.yaml',
    data_files: [
      { file_path: 'workflows/drawn.yaml', content: WORKFLOW },
      { file_path: 'drawn.meta.yaml', content: METADATA },
    ],
  })
})

checkScreens(world, SCREENS)

async function openDetails(page: Page, name: string, text: RegExp): Promise<void> {
  await reachesText(task(page, name), text)
  await reachesText(byTest(page, 'problems'), /^\d/)
}
