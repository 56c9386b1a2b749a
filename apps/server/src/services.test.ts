import { expect, it } from 'vitest'
import { BACKGROUND_SERVICES, HTTP_SERVICES, servicePlan } from './services.ts'

const ASKED = { mainPort: false, directPorts: true }

it('does everything behind one port when nothing is named', () => {
  expect(servicePlan(null, ASKED)).toEqual({
    http: HTTP_SERVICES,
    background: BACKGROUND_SERVICES,
    opensMainPort: true,
    directPorts: 'if-free',
  })
})

it('answers for single services on their own ports', () => {
  expect(servicePlan(['api', 'scheduler'], ASKED)).toEqual({
    http: ['api'],
    background: ['scheduler'],
    opensMainPort: false,
    directPorts: 'required',
  })
})

it('listens nowhere for work in the background, unless asked to', () => {
  expect(servicePlan(['scheduler'], ASKED)).toMatchObject({ opensMainPort: false, directPorts: 'none' })
  expect(servicePlan(['scheduler'], { ...ASKED, mainPort: true })).toMatchObject({
    opensMainPort: true,
    directPorts: 'none',
  })
})
