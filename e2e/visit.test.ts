import { expect, it } from 'vitest'
import { startBrowser } from './support/browser.ts'
import { startServer } from './support/server.ts'
import { byTest } from './support/st2.ts'
import { until } from './support/until.ts'
import { visit } from './support/visit.ts'

it('notices script that the content security policy forbids, uncaught errors and missing files', async () => {
  await using server = await startServer()
  await using browser = await startBrowser()
  const visitor = await visit(browser, server, { session: 'none' })
  await visitor.open('/history')
  await byTest(visitor.page, 'login_form').waitFor()
  await visitor.page.evaluate(`
    document.head.append(Object.assign(document.createElement('script'), { textContent: 'window.wasRun = true' }))
    setTimeout(() => { throw new Error('thrown by itself') })
    fetch('assets/missing.js')
  `)
  await until('all three are noticed', () => visitor.problems.length >= 3)
  expect(await visitor.page.evaluate('window.wasRun')).toBeUndefined()
  expect([...(await visitor.close())].toSorted()).toEqual([
    expect.stringMatching(/^404 GET .*\/assets\/missing\.js$/),
    expect.stringMatching(/^console: .*Content Security Policy/),
    expect.stringMatching(/^uncaught: Error: thrown by itself/),
  ])
})
