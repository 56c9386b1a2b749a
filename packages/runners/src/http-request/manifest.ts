import type { RunnerManifest } from '@st2/model'

export const httpRequestManifest: RunnerManifest = {
  name: 'http-request',
  description: 'Sends one HTTP request and answers with status, headers and body of the response.',
  enabled: true,
  runner_package: 'http_runner',
  runner_module: 'http_runner',
  runner_parameters: {
    allow_redirects: { default: false, description: 'Follow redirects.', type: 'boolean' },
    cookies: { description: 'Cookies to send: an object of names and values.', type: 'object' },
    headers: { description: 'Headers to send: an object of names and values.', type: 'object' },
    http_proxy: { description: 'URL of the proxy for http:// addresses.', type: 'string' },
    https_proxy: { description: 'URL of the proxy for https:// addresses.', type: 'string' },
    password: { description: 'Password for basic authentication.', type: 'string', secret: true },
    url: { description: 'Where the request goes.', required: true, type: 'string' },
    username: { description: 'User name for basic authentication.', type: 'string' },
    verify_ssl_cert: {
      default: true,
      description: "Whether the server's certificate must be signed by a known authority.",
      type: 'boolean',
    },
    url_hosts_blacklist: {
      description: 'Hosts that must not be asked. Not together with url_hosts_whitelist.',
      required: false,
      type: 'array',
      items: { type: 'string' },
    },
    url_hosts_whitelist: {
      description: 'The only hosts that may be asked. Not together with url_hosts_blacklist.',
      required: false,
      type: 'array',
      items: { type: 'string' },
    },
  },
  output_key: 'body',
  output_schema: {
    type: 'object',
    properties: {
      status_code: { type: 'integer' },
      body: {
        anyOf: [
          { type: 'object' },
          { type: 'string' },
          { type: 'integer' },
          { type: 'number' },
          { type: 'boolean' },
          { type: 'array' },
          { type: 'null' },
        ],
      },
      parsed: { type: 'boolean' },
      headers: { type: 'object' },
    },
    additionalProperties: false,
  },
}
