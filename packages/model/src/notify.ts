const channel = {
  type: 'object',
  properties: {
    message: { type: 'string' },
    data: { type: 'object' },
    routes: { type: 'array', items: { type: ['string', 'null'] } },
    channels: { type: 'array', items: { type: ['string', 'null'] }, description: 'Deprecated name of routes.' },
  },
  additionalProperties: false,
} as const

export const notifySchema = {
  type: 'object',
  properties: { 'on-complete': channel, 'on-success': channel, 'on-failure': channel },
  additionalProperties: false,
} as const
