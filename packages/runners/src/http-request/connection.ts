import { Agent, type Dispatcher, EnvHttpProxyAgent, ProxyAgent } from 'undici'
import { InvalidError } from '@st2/model'
import type { HttpParameters } from './http-parameters.ts'
import { INHERITED_ENVIRONMENT } from '../process/inherited-environment.ts'

/** Connections of one run: certificates are checked or not, the proxies are the run's own. Closed by its user. */
export class Connections {
  readonly #parameters: HttpParameters
  readonly #open = new Map<string, Dispatcher>()

  constructor(parameters: HttpParameters) {
    this.#parameters = parameters
  }

  /** A proxy given by parameter is used always; those of the environment obey `no_proxy`. */
  forUrl(url: URL): Dispatcher {
    const { proxies } = this.#parameters
    const proxy = (url.protocol === 'https:' ? proxies.https : proxies.http) ?? ''
    const known = this.#open.get(proxy)
    if (known !== undefined) return known
    const dispatcher = proxy === '' ? this.#direct() : this.#through(proxy)
    this.#open.set(proxy, dispatcher)
    return dispatcher
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open.values()].map((dispatcher) => dispatcher.destroy()))
  }

  #direct(): Dispatcher {
    const tls = this.#tls()
    const options = { ...CLIENT_OPTIONS, connect: { ...tls, timeout: this.#parameters.timeoutSeconds * 1000 } }
    return PROXY_VARIABLES.some((name) => (INHERITED_ENVIRONMENT[name] ?? '') !== '')
      ? new EnvHttpProxyAgent({ ...options, requestTls: tls, proxyTunnel: false })
      : new Agent(options)
  }

  #through(proxy: string): Dispatcher {
    // A proxy without a scheme is an http one, as for Python's clients.
    const uri = proxy.includes('://') ? proxy : `http://${proxy}`
    if (!URL.canParse(uri)) throw new InvalidError(`Parameters "http_proxy", "https_proxy": "${proxy}" is no URL`)
    return new ProxyAgent({ ...CLIENT_OPTIONS, uri, requestTls: this.#tls(), proxyTunnel: false })
  }

  #tls(): { rejectUnauthorized: boolean } {
    return { rejectUnauthorized: this.#parameters.verifyCertificate }
  }
}

/** The run has its own clock; HTTP/1.1 keeps the headers' names as the server writes them. */
const CLIENT_OPTIONS = { headersTimeout: 0, bodyTimeout: 0, allowH2: false, pipelining: 1 }

const PROXY_VARIABLES = ['http_proxy', 'https_proxy', 'HTTP_PROXY', 'HTTPS_PROXY']
