import { describe, expect, it } from 'vitest'
import { inheritedFrom } from './inherited-environment.ts'

describe('inheritedFrom', () => {
  it('keeps what is meant for the server alone from actions and sensors', () => {
    const environment = {
      PATH: '/bin',
      ST2_ADMIN_PASSWORD: 'first',
      ST2_LAUNCHER_PID: '7',
      ST2_DATABASE__PASSWORD: 'db',
      ST2_SYSTEM_USER__SSH_KEY_FILE: '/key',
      ST2_API_URL: 'http://st2',
      ST2_CONFIG_PATH: '/etc/st2/st2.conf',
      MY__OPTION: 'x',
    }
    expect(inheritedFrom(environment)).toEqual({
      PATH: '/bin',
      ST2_API_URL: 'http://st2',
      ST2_CONFIG_PATH: '/etc/st2/st2.conf',
      MY__OPTION: 'x',
    })
  })
})
