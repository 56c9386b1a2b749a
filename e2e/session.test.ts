import { expect, it } from 'vitest'
import { ADMIN_PASSWORD } from './support/deployment.ts'
import { byTest, field, reachesStatus, runToEnd } from './support/st2.ts'
import { useWorld } from './support/world.ts'

const world = useWorld()
/** Long enough for the form to be filled in, whatever else the machine does. */
const TOKEN_LIFE_S = 8

it('asks for the password in front of the work when the token is over, and what was typed survives (webui.md 17 row 1)', async () => {
  const { token } = await world.server.login(TOKEN_LIFE_S)
  const visitor = await world.visit({ session: { token } })
  const { page } = visitor
  await visitor.open('/actions/core.local')
  await field(page, 'cmd').fill('echo typed before the session ended')
  expect(await world.server.api.auth.validate(token)).toBe(true)
  // The stream ends with the token: nobody has to press a button to learn of it.
  const dialog = page.getByRole('dialog', { name: 'Your session has expired' })
  await dialog.waitFor()
  await page.keyboard.press('Escape')
  expect(await dialog.isVisible(), 'it cannot be put away').toBe(true)
  await dialog.getByLabel('Password').fill(ADMIN_PASSWORD)
  await dialog.getByRole('button', { name: 'Sign in' }).click()
  await dialog.waitFor({ state: 'detached' })
  expect(await field(page, 'cmd').inputValue()).toBe('echo typed before the session ended')
  await byTest(page, 'run_submit').click()
  await reachesStatus(page, 'succeeded')
})

it('asks for the password in place when the token is not one', async () => {
  const id = await runToEnd(world.server, 'core.noop', {})
  const visitor = await world.visit({ session: { token: '0123456789abcdef0123456789abcdef' } })
  const { page } = visitor
  await visitor.open(`/history/${id}`)
  const dialog = page.getByRole('dialog', { name: 'Your session has expired' })
  await dialog.getByLabel('Password').fill(ADMIN_PASSWORD)
  await dialog.getByRole('button', { name: 'Sign in' }).click()
  await reachesStatus(page, 'succeeded')
  expect(visitor.path).toBe(`/history/${id}`)
})

it('keeps a session that is not to be remembered through a reload, and no other window has it (webui.md 17 row 1)', async () => {
  const visitor = await world.visit({ session: 'none' })
  const { page } = visitor
  await visitor.open('/actions/core.local')
  await page.getByLabel('Username').fill('st2admin')
  await page.getByLabel('Password').fill(ADMIN_PASSWORD)
  await page.getByRole('checkbox', { name: /remember/i }).uncheck()
  await page.getByRole('button', { name: /connect|sign in/i }).click()
  await field(page, 'cmd').waitFor()
  await page.reload()
  await field(page, 'cmd').waitFor()
  expect(visitor.path).toBe('/actions/core.local')
  const other = await visitor.openTab()
  await visitor.open('/actions/core.local', other)
  await byTest(other, 'login_form').waitFor()
})

it('goes on where it was when somebody signs in again in another tab', async () => {
  const { token } = await world.server.login(TOKEN_LIFE_S)
  const visitor = await world.visit({ session: { token } })
  const { page } = visitor
  const other = await visitor.openTab()
  await visitor.open('/actions/core.local')
  await field(page, 'cmd').fill('echo typed in the first tab')
  await visitor.open('/history', other)
  const dialogs = [page, other].map((tab) => tab.getByRole('dialog', { name: 'Your session has expired' }))
  for (const dialog of dialogs) await dialog.waitFor()
  const dialog = other.getByRole('dialog', { name: 'Your session has expired' })
  await dialog.getByLabel('Password').fill(ADMIN_PASSWORD)
  await dialog.getByRole('button', { name: 'Sign in' }).click()
  for (const open of dialogs) await open.waitFor({ state: 'detached' })
  expect(await field(page, 'cmd').inputValue()).toBe('echo typed in the first tab')
  await byTest(page, 'run_submit').click()
  await reachesStatus(page, 'succeeded')
})
