import { UnavailableError } from '@st2/model'
import type { Redis } from 'ioredis'

/** A member of a group. The token tells this membership from an earlier one of the same id. */
export interface MemberEntry {
  readonly group: string
  readonly id: string
  readonly token: string
  /** JSON. */
  readonly capabilities: string
}

/** Each is one step for everybody else. Times are Redis's own, so that clocks of hosts do not matter. */
const SCRIPTS = {
  /** KEYS lease, fence; ARGV token, ttl ms → the fence, or nil when it is held. */
  st2Acquire: {
    numberOfKeys: 2,
    lua: `if redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then return redis.call('INCR', KEYS[2]) end
      return false`,
  },
  /** KEYS lease; ARGV token, ttl ms → 1 when it was this token's, and is longer. */
  st2Extend: {
    numberOfKeys: 1,
    lua: `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
      return 0`,
  },
  /** KEYS lease; ARGV token. */
  st2Release: {
    numberOfKeys: 1,
    lua: `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
      return 0`,
  },
  /** KEYS tokens, capabilities, alive, groups; ARGV group, id, token, capabilities, ttl ms, 'join' or 'stay'. */
  st2Join: {
    numberOfKeys: 4,
    lua: `local time = redis.call('TIME')
      local till = time[1] * 1000 + math.floor(time[2] / 1000) + ARGV[5]
      local holder = redis.call('HGET', KEYS[1], ARGV[2])
      if ARGV[6] == 'stay' and holder and holder ~= ARGV[3] then return 0 end
      redis.call('HSET', KEYS[1], ARGV[2], ARGV[3])
      redis.call('HSET', KEYS[2], ARGV[2], ARGV[4])
      redis.call('ZADD', KEYS[3], till, ARGV[2])
      local last = redis.call('ZSCORE', KEYS[4], ARGV[1])
      if not last or tonumber(last) < till then redis.call('ZADD', KEYS[4], till, ARGV[1]) end
      return 1`,
  },
  /** KEYS as above; ARGV group, id, token. */
  st2Leave: {
    numberOfKeys: 4,
    lua: `if redis.call('HGET', KEYS[1], ARGV[2]) ~= ARGV[3] then return 0 end
      redis.call('HDEL', KEYS[1], ARGV[2])
      redis.call('HDEL', KEYS[2], ARGV[2])
      redis.call('ZREM', KEYS[3], ARGV[2])
      if redis.call('ZCARD', KEYS[3]) == 0 then redis.call('ZREM', KEYS[4], ARGV[1]) end
      return 1`,
  },
  /** KEYS as above; ARGV group → ids and capabilities in turn; who gave no sign of life is removed. */
  st2Members: {
    numberOfKeys: 4,
    lua: `local time = redis.call('TIME')
      local now = time[1] * 1000 + math.floor(time[2] / 1000)
      for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[3], '-inf', now)) do
        redis.call('HDEL', KEYS[1], id)
        redis.call('HDEL', KEYS[2], id)
        redis.call('ZREM', KEYS[3], id)
      end
      if redis.call('ZCARD', KEYS[3]) == 0 then redis.call('ZREM', KEYS[4], ARGV[1]) end
      return redis.call('HGETALL', KEYS[2])`,
  },
  /** KEYS groups → names of groups with somebody in them. */
  st2Groups: {
    numberOfKeys: 1,
    lua: `local time = redis.call('TIME')
      return redis.call('ZRANGEBYSCORE', KEYS[1], time[1] * 1000 + math.floor(time[2] / 1000), '+inf')`,
  },
} as const

type ScriptName = keyof typeof SCRIPTS

/** What the coordinator does in Redis. @throws UnavailableError from every method when Redis does not answer */
export class CoordinationScripts {
  readonly #redis: Redis
  readonly #prefix: string

  constructor(redis: Redis, prefix: string) {
    this.#redis = redis
    this.#prefix = prefix
    for (const [name, script] of Object.entries(SCRIPTS)) redis.defineCommand(name, script)
  }

  /** The fence, which grows with every holder of the name; null when somebody holds it. */
  async acquire(name: string, token: string, ttlMs: number): Promise<number | null> {
    const fence = await this.#run('st2Acquire', [this.#key('lease', name), this.#key('fence', name)], [token, ttlMs])
    return typeof fence === 'number' ? fence : null
  }

  async extend(name: string, token: string, ttlMs: number): Promise<boolean> {
    return (await this.#run('st2Extend', [this.#key('lease', name)], [token, ttlMs])) === 1
  }

  async release(name: string, token: string): Promise<void> {
    await this.#run('st2Release', [this.#key('lease', name)], [token])
  }

  async join(entry: MemberEntry, ttlMs: number): Promise<void> {
    const { group, id, token, capabilities } = entry
    await this.#run('st2Join', this.#groupKeys(group), [group, id, token, capabilities, ttlMs, 'join'])
  }

  /** A sign of life; who was forgotten joins again, who was replaced does not. */
  async stay(entry: MemberEntry, ttlMs: number): Promise<void> {
    const { group, id, token, capabilities } = entry
    await this.#run('st2Join', this.#groupKeys(group), [group, id, token, capabilities, ttlMs, 'stay'])
  }

  async leave({ group, id, token }: MemberEntry): Promise<void> {
    await this.#run('st2Leave', this.#groupKeys(group), [group, id, token])
  }

  async members(group: string): Promise<(readonly [id: string, capabilities: string])[]> {
    const flat = texts(await this.#run('st2Members', this.#groupKeys(group), [group]))
    return flat.flatMap((id, place) => (place % 2 === 0 ? [[id, flat[place + 1] ?? '{}'] as const] : []))
  }

  async groups(): Promise<string[]> {
    return texts(await this.#run('st2Groups', [this.#key('groups')], [])).toSorted()
  }

  #key(...parts: string[]): string {
    return [this.#prefix, 'coordination', ...parts].join(':')
  }

  #groupKeys(group: string): string[] {
    return [this.#key('tokens', group), this.#key('members', group), this.#key('alive', group), this.#key('groups')]
  }

  async #run(name: ScriptName, keys: readonly string[], args: readonly (string | number)[]): Promise<unknown> {
    try {
      // Commands that were defined above are methods of the client by their names.
      const command: unknown = Reflect.get(this.#redis, name)
      if (typeof command !== 'function') throw new Error(`the script ${name} is not defined`)
      return await command.call(this.#redis, ...keys, ...args)
    } catch (cause) {
      const reason = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause)
      throw new UnavailableError(`the coordinator does not answer: ${reason}`, { cause })
    }
  }
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : []
}
