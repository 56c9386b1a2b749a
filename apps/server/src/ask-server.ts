import { processEnvironment } from '@st2/engine'

const DEFAULT_API_URL = 'http://127.0.0.1:8080/api'

/**
 * Posts to the API of a running server: where it is and who asks comes from the environment (ST2_API_URL, ST2_AUTH_TOKEN,
 * ST2_API_KEY).
 *
 * @param path below `/v1/`
 * @throws Error with the server's fault
 */
export async function askServer(path: string, body: object): Promise<object> {
  const env = processEnvironment()
  const url = `${(env['ST2_API_URL'] ?? DEFAULT_API_URL).replace(/\/(v1\/?)?$/, '')}/v1/${path}`
  const response = await post(url, credentialOf(env), body)
  const answer: unknown = await response.json().catch(() => null)
  if (response.ok && typeof answer === 'object' && answer !== null) return answer
  const hasFault = typeof answer === 'object' && answer !== null && 'faultstring' in answer
  throw new Error(hasFault ? String(answer.faultstring) : `${url} answered ${response.status}`)
}

async function post(url: string, credential: Record<string, string>, body: object): Promise<Response> {
  try {
    return await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...credential },
      body: JSON.stringify(body),
    })
  } catch (cause) {
    throw new Error(`no server answers at ${url}`, { cause })
  }
}

function credentialOf(env: ReturnType<typeof processEnvironment>): Record<string, string> {
  const { ST2_AUTH_TOKEN: token, ST2_API_KEY: apiKey } = env
  if (token !== undefined && token !== '') return { 'x-auth-token': token }
  return apiKey !== undefined && apiKey !== '' ? { 'st2-api-key': apiKey } : {}
}
