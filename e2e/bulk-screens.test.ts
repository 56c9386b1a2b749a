import { beforeAll } from 'vitest'
import { begin, box, BULK_PACK, RERUN, rerunChosen, said, shellAction } from './support/bulk.ts'
import { HeldRequests } from './support/held-requests.ts'
import { checkScreens, type Screen } from './support/screens.ts'
import { startServer } from './support/server.ts'
import { byTest, historyRows, reachesText, runToEnd } from './support/st2.ts'
import { until } from './support/until.ts'
import { useWorld } from './support/world.ts'

const world = useWorld({ ...BULK_PACK, ...shellAction('shown'), ...shellAction('gone') }, startServer)

/** Executions that take a cancel and some that do not, and one whose action has gone. */
beforeAll(async () => {
  const { server } = world
  await runToEnd(server, 'bulk.gone', { cmd: 'true' })
  await server.api.actions.remove('bulk.gone', { remove_files: false })
  await runToEnd(server, 'bulk.shown', { cmd: 'echo one' })
  await runToEnd(server, 'bulk.shown', { cmd: 'exit 1' })
  await begin(server, 'bulk.shown', { cmd: 'sleep 300' }, 2)
})

const CHOSEN: Screen = {
  name: 'bulk-chosen',
  path: () => '/history?action=bulk.shown,bulk.gone',
  isThere: async (page) => {
    await historyRows(page).nth(4).waitFor()
    await byTest(page, 'choose_several').click()
    await box(page, 0).click()
    await box(page, 3).click({ modifiers: ['Shift'] })
    await reachesText(said(page), '4 chosen')
    await reachesText(byTest(page, 'bulk_rerun'), 'Re-run 4')
  },
}

const SCREENS: readonly Screen[] = [
  CHOSEN,
  {
    ...CHOSEN,
    name: 'bulk-confirm',
    isCovered: true,
    isThere: async (page) => {
      await CHOSEN.isThere(page)
      await byTest(page, 'bulk_cancel').click()
      await byTest(page, 'bulk_confirm').waitFor()
    },
  },
  {
    ...CHOSEN,
    name: 'bulk-running',
    isThere: async (page) => {
      await CHOSEN.isThere(page)
      const held = await HeldRequests.of(page, RERUN)
      await rerunChosen(page, 4)
      await until('they are under way', () => held.count === 4)
    },
  },
  {
    ...CHOSEN,
    name: 'bulk-failed',
    path: () => '/history?action=bulk.gone',
    isThere: async (page) => {
      await historyRows(page).first().waitFor()
      await byTest(page, 'choose_several').click()
      await byTest(page, 'choose_all').check()
      await byTest(page, 'bulk_rerun').click()
      await byTest(page, 'bulk_confirm').click()
      await reachesText(said(page), /failed$/)
    },
  },
]

checkScreens(world, SCREENS)
