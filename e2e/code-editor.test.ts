import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { checkScreens, NARROW, show } from './support/screens.ts'
import { byTest } from './support/st2.ts'
import { until } from './support/until.ts'
import { useWorld } from './support/world.ts'

const WORKFLOW = 'examples.orquesta-error-handling-continue'
const world = useWorld()

const READ = {
  name: 'entry-point',
  path: () => `/code/entrypoint/${WORKFLOW}`,
  isThere: (page: Page) => editorOf(page).waitFor(),
}
const WRITTEN = {
  name: 'designer-code',
  path: () => `/action/${WORKFLOW}`,
  isThere: (page: Page) => openCode(page),
}

// The policy of the server forbids styles in the page: what breaks it is an error on the console, which fails every test here.
checkScreens(world, [READ])

it('reads a file: folds it, finds in it and can not change it', async () => {
  const page = await show(world, READ)
  const before = await editorOf(page).innerText()
  await editorOf(page).click()
  await page.keyboard.type('x')
  expect(await editorOf(page).innerText()).toBe(before)
  await page.keyboard.press('Control+f')
  await page.keyboard.type('ctx')
  await until('what is looked for is marked', async () => (await page.locator('.cm-searchMatch').count()) >= 3)
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+Alt+[')
  await page.locator('.cm-foldPlaceholder').first().waitFor()
  expect(await editorOf(page).innerText()).not.toBe(before)
})

it('writes a workflow: completes, tells what is wrong, mends it and takes it back', async () => {
  const page = await show(world, WRITTEN)
  await putCaretBehind(page, '- message: <% ctx(')
  await page.keyboard.press('Shift+End')
  await page.keyboard.type('m')
  await option(page, 'message').click()
  expect(await line(page, '  - message: <% ctx(message')).toBe(true)

  await page.keyboard.type(') and succeded() %>')
  await byTest(page, 'code_pane').getByRole('button', { name: '1 warning' }).click()
  await page.getByRole('button', { name: 'There is no function "succeded".' }).waitFor()
  await page.getByRole('button', { name: 'Change to succeeded' }).click()
  expect(await line(page, '  - message: <% ctx(message) and succeeded() %>')).toBe(true)
  await page.keyboard.press('Control+z')
  expect(await line(page, '  - message: <% ctx(message) and succeded() %>')).toBe(true)
})

it('completes actions, what they take, and where a transition leads', async () => {
  const page = await show(world, WRITTEN)
  await putCaretBehind(page, 'action: core.local')
  await page.keyboard.press('Control+Space')
  expect(await option(page, 'core.local_sudo').innerText()).toContain('core.local_sudo')
  await page.keyboard.press('Escape')
  await putCaretBehind(page, 'timeout: <% ctx(timeout) %>')
  await page.keyboard.press('Enter')
  await page.keyboard.type('cw')
  await option(page, 'cwd').waitFor()
  await page.keyboard.press('Escape')
  await putCaretBehind(page, 'do: ')
  await page.keyboard.press('Shift+End')
  await page.keyboard.type('no')
  await option(page, 'noop').waitFor()
})

it('says what a word means by key, and is left by key', async () => {
  const page = await show(world, WRITTEN)
  await putCaretBehind(page, 'when: <% succ')
  await page.keyboard.press('Control+i')
  await page.locator('.help', { hasText: 'Whether the current task succeeded.' }).waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Tab')
  expect(await isInEditor(page)).toBe(false)
})

it('has the list of completions within a narrow screen', async () => {
  const page = await show(world, WRITTEN, NARROW)
  await putCaretBehind(page, '- message: <% ctx(')
  await page.keyboard.press('Control+Space')
  const { x, width } = (await page.locator('.cm-tooltip-autocomplete').boundingBox()) ?? { x: -1, width: 0 }
  expect(x).toBeGreaterThanOrEqual(0)
  expect(x + width).toBeLessThanOrEqual(NARROW.width)
})

function editorOf(page: Page) {
  return page.getByRole('textbox', { name: /^(Workflow|Entry point) / })
}

function option(page: Page, name: string) {
  return page.getByRole('option', { name: new RegExp(`^${name}\\b`) }).first()
}

/** By its button; on a narrow screen it is in the menu. */
async function openCode(page: Page): Promise<void> {
  await byTest(page, 'designer_more').waitFor()
  const button = page.getByRole('button', { name: 'Code' })
  if (!(await button.isVisible())) await byTest(page, 'designer_more').click()
  await button.or(page.getByRole('menuitem', { name: 'Code' })).click()
  await editorOf(page).waitFor()
}

/** By the editor's own search, which selects what it finds. */
async function putCaretBehind(page: Page, text: string): Promise<void> {
  await editorOf(page).click()
  await page.keyboard.press('Control+f')
  await page.keyboard.press('Control+a')
  await page.keyboard.type(text)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await until('the editor has the focus', () => isInEditor(page))
  await page.keyboard.press('ArrowRight')
}

/** Waits until one of the lines is this. */
function line(page: Page, text: string): Promise<boolean> {
  return until(`a line is ${text}`, async () =>
    (await page.locator('.cm-line').allInnerTexts()).some((one) => one === text),
  )
}

function isInEditor(page: Page): Promise<boolean> {
  return page.evaluate<boolean>(
    `document.activeElement?.shadowRoot?.activeElement?.classList.contains('cm-content') ?? false`,
  )
}
