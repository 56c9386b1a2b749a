import type { Browser, Page } from 'playwright-core'

/** A page without an application that is scrolled, dragged on and typed into: what the browser itself costs on this machine. */
export async function openBarePage(browser: Browser, text: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  await page.setContent(`<style>
    body { margin: 0 } #list { height: 700px; width: 400px; overflow: auto } #list p { height: 38px }
    #box { position: absolute; left: 600px; top: 200px; width: 200px; height: 60px; background: silver }
    textarea { position: absolute; left: 820px; top: 0; width: 400px; height: 700px }
    </style><div id="list">${'<p>row</p>'.repeat(50)}</div><div id="box"></div><textarea></textarea>`)
  await page.locator('textarea').fill(text)
  await page.evaluate(`{
    let from = null
    box.onpointerdown = ({ clientX, clientY }) => { from = { clientX, clientY } }
    document.onpointerup = () => { from = null }
    document.onpointermove = ({ clientX, clientY }) => {
      if (from !== null) box.style.transform = 'translate(' + (clientX - from.clientX) + 'px,' + (clientY - from.clientY) + 'px)'
    }
    list.onscroll = () => { document.title = String(list.scrollTop) }
  }`)
  return page
}
