import type { Io } from '../shell/io.ts'

const MASK = '********'
const SECRET_HEADERS = ['x-auth-token', 'st2-api-key', 'authorization', 'cookie']
/** Members of answers and requests that are credentials, wherever they stand. */
const SECRET_MEMBERS = /("(?:token|key|password|private_key|api_key)"\s*:\s*)"(?:[^"\\]|\\.)*"/g

/** Prints each request as a curl line and each answer, with every credential masked. */
export function loggingFetch(fetchAnswer: typeof fetch, io: Io): typeof fetch {
  let number = 0
  return async (url, init) => {
    number += 1
    const response = await fetchAnswer(url, init)
    io.out(`# -------- begin ${number} request ----------\n${curlLine(String(url), init)}\n`)
    io.out(`# -------- begin ${number} response ----------\n${await shownBody(response)}\n`)
    io.out(`# -------- end ${number} response ------------\n\n`)
    return response
  }
}

function curlLine(url: string, init: RequestInit | undefined): string {
  const headers = Array.from(new Headers(init?.headers), ([name, value]) => {
    return `-H ${quoted(`${name}: ${SECRET_HEADERS.includes(name) ? MASK : value}`)}`
  })
  const body = typeof init?.body === 'string' ? [`--data-binary ${quoted(masked(init.body))}`] : []
  return ['curl', '-X', init?.method ?? 'GET', ...headers, ...body, quoted(url)].join(' ')
}

async function shownBody(response: Response): Promise<string> {
  if (response.headers.get('content-type')?.startsWith('text/event-stream')) return '(a stream)'
  return masked(await response.clone().text())
}

function masked(text: string): string {
  return text.replace(SECRET_MEMBERS, `$1"${MASK}"`)
}

/** As a POSIX shell reads one word. */
function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'"'"'`)}'`
}
